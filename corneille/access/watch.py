"""Looks over who was let in, after the answer has left: what does not look like the owner is told, asked about or held.

A mail program that comes for the first time is told too, and nothing more. It goes on from the last attempt that it has
seen, so a process that dies misses nothing. A mail program that signs in every few minutes is looked at now and then. What
it takes is a step of `access/containment`, whose way out is the repair page.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import CharField, Count, F, Max, Min, Q
from django.db.models.functions import Cast, Substr

from corneille.access import queries
from corneille.access.containment import GUARD, contain
from corneille.access.facts import MAIL_DOORS, Containment
from corneille.access.locate import locate
from corneille.access.models import AppPassword, SignInAttempt, UnusualSignIn, Watched, WebSession
from corneille.access.network import format_network
from corneille.access.place import Place
from corneille.access.program import describe_program
from corneille.access.session import end_session_of_key
from corneille.access.unusual import Assessment, Owned, Seen, SignInFacts, assess, is_new_program
from corneille.access.unusual_settings import Unusual, find_scale
from corneille.access.unusual_sign_in import Origin, note_unusual
from corneille.kernel import journal, outbox
from corneille.kernel.ids import AccountId
from corneille.kernel.settings import of

REMEMBERS = timedelta(days=90)
LOOKS_BACK = timedelta(hours=1)
"""Who was let in longer ago than this is not looked at: the service was stopped, or begins to watch."""
DAY = timedelta(days=1)
BATCH = 500
KEPT = 20_000
TWO_STEPS_S = 20
"""A session that opens within this of an unusual sign-in is that sign-in's own; its owner's next one comes later."""
PROVED_TWICE = frozenset(
    {"passkey", "webauthn", "totp", "printed", "recovery-code", "recovery-contact", "support-code", "recovery"}
)
OF_PROGRAMS = frozenset({"app-password", "token"})
"""A program that gives one of these is believed: it was told so by its owner, in a browser."""
WATCHED_DOORS = ("web", *MAIL_DOORS)


class Watch:
    """One process's: it keeps who was looked at lately, so that polling costs nothing."""

    def __init__(self) -> None:
        self._looked_at: dict[tuple[object, ...], datetime] = {}

    def look(self, now: datetime) -> int:
        """Judges everybody who was let in since the last look; gives how many sign-ins looked unusual."""
        last = Watched.objects.values_list("last_attempt", flat=True).filter(pk=1).first() or 0
        count = 0
        while (until := queries.find_newest_attempt(last, BATCH)) is not None:
            rows = SignInAttempt.objects.filter(
                pk__gt=last, pk__lte=until, decision="granted", door__in=WATCHED_DOORS, account__isnull=False,
                at__gt=now - LOOKS_BACK,
            )  # fmt: skip
            count += sum(judge(row, now) for row in rows.order_by("pk") if self._is_due(row))
            last = until
            Watched.objects.update_or_create(pk=1, defaults={"last_attempt": last})
        _end_their_sessions(now)
        return count

    def _is_due(self, row: SignInAttempt) -> bool:
        network = format_network(row.network_address)
        key = (row.account_id, network, row.door, row.method, row.program, row.device_id)
        before = self._looked_at.get(key)
        if before is not None and row.at - before < timedelta(seconds=of(Unusual).look_again_s):
            return False
        if len(self._looked_at) >= KEPT:
            self._looked_at.clear()
        self._looked_at[key] = row.at
        return True


def judge(row: SignInAttempt, now: datetime) -> bool:
    """Judges one sign-in and does what follows; gives whether it looked unusual. A second time changes nothing."""
    assert row.account_id is not None
    account, facts = AccountId(row.account_id), gather_sign_in(row)
    assessment = assess(facts, find_scale())
    if not assessment.is_told:
        if is_new_program(facts) and not (facts.has_app_password and _is_told_of_lately(account, row.at)):
            _tell_new_program(account, row)
        return False
    origin = Origin(row.reference, row.at, row.network_address, facts.client, row.program)
    with transaction.atomic():
        told = note_unusual(account, origin, assessment)
        if told is not None:
            _take_step(account, assessment, told, now)
    return told is not None


def _take_step(account: AccountId, assessment: Assessment, told: dict[str, outbox.Told], now: datetime) -> None:
    if assessment.step is not Containment.NONE:
        contain(account, assessment.step, "unusual", told, now, by=GUARD)
        return
    network, signs = str(told["network"]), " ".join(each.sign.value for each in assessment.found)
    journal.append("unusual-sign-in", actor=journal.SYSTEM, subject=account, now=now, data={"network": network})
    # Once a day for one place and the same signs: a traveller's phone is not told of at each hour.
    day = str(told["signed_in_at"])[:10]
    key = f"unusual-sign-in/{account}/{day}/{format_network(network)}/{signs}"
    outbox.add_notice(account, "unusual-sign-in", {**told, "at": now.isoformat()}, now, key=key)


def _tell_new_program(account: AccountId, row: SignInAttempt) -> None:
    told: dict[str, outbox.Told] = {
        "program": str(describe_program(row.program)), "network": row.network_address, "at": row.at.isoformat()
    }  # fmt: skip
    key = f"new-program/{account}/{row.method}/{told['program']}/{row.at.date()}"
    outbox.add_notice(account, "new-program", told, row.at, key=key)


def _is_told_of_lately(account: AccountId, at: datetime) -> bool:
    """Whether an app password or a permission was made within a day: that was told, and this is the program it is for."""
    return AppPassword.objects.filter(account_id=account, created_at__gt=at - DAY).exists()


def _end_their_sessions(now: datetime) -> None:
    """A second proof asked at the next sign-in would not reach the session that the unusual one opened: it ends."""
    stepped = UnusualSignIn.objects.filter(at__gt=now - timedelta(minutes=5), answer="").exclude(step=Containment.NONE.value)
    for each in stepped:
        until = each.at + timedelta(seconds=TWO_STEPS_S)
        rows = WebSession.objects.filter(account_id=each.account_id, started_at__gte=each.at, started_at__lt=until)
        for key in rows.filter(network_address=each.network_address).values_list("session_key", flat=True):
            end_session_of_key(key)


def gather_sign_in(row: SignInAttempt) -> SignInFacts:
    """What is known of one sign-in and of the account before it: two queries of the account's own rows."""
    assert row.account_id is not None
    account, network = AccountId(row.account_id), format_network(row.network_address)
    seen = _list_seen(account, row.at)
    refused = SignInAttempt.objects.filter(account_id=account, at__lt=row.at, at__gt=row.at - DAY, decision="refused")
    wrong_count, old = 0, set[str]()
    for at, address, door, reason in refused.filter(reason__in=("wrong", "old-password")).values_list(
        "at", "network_address", "door", "reason"
    ):
        if reason == "old-password":
            old.add(format_network(address))
        elif door == "web" and at > row.at - LOOKS_BACK and format_network(address) == network:
            wrong_count += 1
    return SignInFacts(
        at=row.at,
        network=network,
        place=locate(row.network_address),
        client=_name_client(row.door, row.method, row.program, row.device_id),
        is_mail=row.door in MAIL_DOORS,
        is_known_device=row.device_id is not None,
        has_app_password=row.method in OF_PROGRAMS,
        is_proved_twice=row.method in PROVED_TWICE,
        seen=seen,
        wrong_count=wrong_count,
        old_networks=frozenset(old),
        owned=_list_owned(account),
    )


def _list_seen(account: AccountId, before: datetime) -> list[Seen]:
    rows = SignInAttempt.objects.filter(
        Q(account_id=account), at__lt=before, at__gt=before - REMEMBERS, decision="granted", door__in=WATCHED_DOORS
    )
    # Both databases write an instant as « 2026-09-01 08:00:00 » in UTC.
    grouped = rows.annotate(hour=Substr(Cast(F("at"), CharField()), 12, 2)).values_list(
        "network_address", "door", "method", "program", "device_id", "hour"
    )
    places: dict[str, Place] = {}
    seen = []
    for address, door, method, program, device, hour, first, last, count in grouped.annotate(
        first=Min("at"), last=Max("at"), number=Count("pk")
    ).order_by():
        place = places[address] if address in places else places.setdefault(address, locate(address))
        client, is_mail = _name_client(door, method, program, device), door in MAIL_DOORS
        seen.append(
            Seen(format_network(address), place.country_code, place.point, client, is_mail, int(hour), first, last, count)
        )
    return seen


def _name_client(door: str, method: str, program: str, device: int | None) -> str:
    """A browser by its cookie alone; a mail program by what it says of itself, which an app password makes believable."""
    if door not in MAIL_DOORS:
        return f"device {device}" if device is not None else ""
    name = str(describe_program(program))
    return f"{method} {name}".strip() if name or method in OF_PROGRAMS else ""


def _list_owned(account: AccountId) -> Owned:
    rows = UnusualSignIn.objects.filter(account_id=account, answer="me").values_list("network_address", "client")
    told = list(rows)
    countries = {locate(address).country_code for address, _client in told}
    return Owned(
        frozenset(countries - {""}),
        frozenset(format_network(address) for address, _client in told),
        frozenset(client for _address, client in told if client),
    )
