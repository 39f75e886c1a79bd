"""Gathers what the guard has to know about one try. One function for each kind of fact; nothing is decided here."""

from contextlib import ExitStack
from dataclasses import dataclass, field, replace

from corneille.access import queries
from corneille.access.app_password import Proved, prove_app_password
from corneille.access.attempt import Attempt, Judged
from corneille.access.charter import is_charter_due
from corneille.access.containment import ContainedNow, find_contained_now
from corneille.access.decide import WORTHLESS, Decision, count_allowed, is_attacked
from corneille.access.device import Known, find_device, is_second_proof_remembered
from corneille.access.doubt import was_device, was_place
from corneille.access.factor import list_enrolled
from corneille.access.factor_policy import find_duty
from corneille.access.factor_rule import Moment
from corneille.access.facts import CODE_DOORS, MAIL_DOORS, AppPasswordFacts, Containment, Counted, Factors, Facts, Proof
from corneille.access.known_place import is_known_place
from corneille.access.models import WrongSecret
from corneille.access.network import is_declared
from corneille.access.password_life import find_age
from corneille.access.policy import Policy
from corneille.access.reason import Reason
from corneille.access.rights import find_missing
from corneille.access.secret import encode_secret
from corneille.access.settings import Access, current_policy, find_former_known_for
from corneille.access.wrong_secret import (
    Pair,
    digest_secret,
    hash_unknown,
    name_code_subject,
    name_source,
    name_subject,
    under_check,
)
from corneille.kernel.ids import AccountId
from corneille.kernel.settings import of
from corneille.people.account_type import is_person
from corneille.people.find import Standing, find_standing, find_standing_of

NOBODY = AccountId(0)
"""Whose rows are looked for when nobody is meant: the same queries, so that the time tells nothing."""
UNPROVED = {Proof.PENDING, Proof.WRONG, Proof.OLD_PASSWORD, *WORTHLESS}


@dataclass(slots=True)
class Case:
    """One try and what is known about it so far; `wrong` is the row to add when the secret proves wrong."""

    attempt: Attempt
    policy: Policy
    facts: Facts
    standing: Standing | None = None
    contained: ContainedNow = field(default_factory=ContainedNow)
    device: Known | None = None
    app_password: Proved | None = None
    pair: Pair | None = None
    argon2: str | None = None
    serial: int = 0
    digest: bytes = b""
    known_wrong: frozenset[bytes] = frozenset()
    former: frozenset[bytes] = frozenset()
    wrong: WrongSecret | None = None

    @property
    def account(self) -> AccountId | None:
        return self.standing.account if self.standing else None

    def note_wrong(self) -> None:
        """The secret is wrong: its row is to be added."""
        assert self.pair is not None
        self.facts = replace(self.facts, proof=Proof.WRONG)
        self.wrong = WrongSecret(
            subject=self.pair.subject,
            source=self.pair.source,
            digest=self.digest,
            serial=self.serial,
            at=self.attempt.now,
        )

    def judged(self, decision: Decision, reference: str) -> Judged:
        """The try with what was decided, as its row tells it."""
        is_nobody = self.standing is None and self.facts.is_input_sound
        return Judged(
            decision,
            reference,
            method="" if self.facts.proof in UNPROVED else self.facts.proof.value,
            account=self.account,
            unknown=hash_unknown(self.attempt.identifier) if is_nobody else "",
            device=self.device.id if self.device else None,
        )


def gather(case: Case, held: ExitStack) -> None:
    """Resolves who is meant before anything is counted, then reads what is known of this place.

    held  keeps the secret under check until the caller has its row on disk
    """
    attempt = case.attempt
    _gather_person(case)
    if case.app_password is not None:
        return
    is_code = attempt.door in CODE_DOORS
    subject = (name_code_subject if is_code else name_subject)(case.account, attempt.identifier)
    case.pair = Pair(subject, name_source(attempt.network_address, case.device.id if case.device else None))
    case.digest = digest_secret(subject, encode_secret(attempt.secret))
    before = held.enter_context(under_check.hold(case.pair, case.digest))
    _gather_counted(case)
    others = (before | case.known_wrong) - {case.digest}
    if len(others) >= count_allowed(case.facts.counted.pair, case.policy, attempt.now):
        case.facts = replace(case.facts, is_busy=True)


def open_case(account: AccountId, attempt: Attempt, proof: Proof) -> Case | None:
    """The case of somebody whose account a first proof has named already; None: there is no such account any more."""
    case = Case(attempt, current_policy(), Facts(attempt.door, proof))
    case.standing = find_standing_of(account)
    if case.standing is None:
        return None
    _gather_account(case)
    gather_proved(case)
    return case


def _gather_person(case: Case) -> None:
    attempt = case.attempt
    case.standing = find_standing(attempt.identifier)
    account = case.account or NOBODY
    case.app_password = prove_app_password(account, attempt.secret)
    if case.app_password is None:
        case.former = frozenset(queries.list_former_digests(account, since=attempt.now - find_former_known_for()))
    _gather_account(case)
    given = case.app_password
    if given is None:
        return
    told = AppPasswordFacts(given.scopes, given.is_revoked, given.expires_at)
    case.facts = replace(
        case.facts, proof=Proof.APP_PASSWORD, app_password=told, not_entitled=_find_missing(case)
    )


def _gather_account(case: Case) -> None:
    """What is kept of the account, or, at the same cost, of nobody."""
    attempt, standing, declared = case.attempt, case.standing, of(Access).declared_networks
    case.facts = replace(case.facts, is_declared_network=is_declared(attempt.network_address, declared))
    account = case.account or NOBODY
    case.device = find_device(attempt.device, account, attempt.now)
    kept = queries.find_password(account)
    case.argon2, case.serial, expires_at, is_void, proved_at = kept or (None, 0, None, False, None)
    contained = case.contained = find_contained_now(account)
    suspended_at = contained.suspended_at
    if standing is None:
        return
    case.facts = replace(
        case.facts,
        is_known=True,
        is_person=is_person(standing.type),
        state=standing.state.value,
        is_known_device=case.device is not None,
        password_age=find_age(expires_at, attempt.now),
        is_password_void=is_void,
        containment=contained.step,
        is_suspension_announced=contained.is_announced,
        is_undoable=contained.is_undoable,
        is_for_support=contained.is_for_support,
        is_password_newer=suspended_at is not None and proved_at is not None and proved_at > suspended_at,
        is_password_doubted=proved_at is not None and contained.doubts(proved_at),
    )


def gather_proved(case: Case) -> None:
    """Rights, the second proof, and where the account was let in before.

    Read only once the first proof is right, so that nothing of it shows in the time before.
    """
    assert case.standing is not None
    account, now = case.standing.account, case.attempt.now
    is_attacked_program = case.attempt.door in MAIL_DOORS and is_attacked(case.facts, case.policy)
    enrolled = list_enrolled(account)
    has_contact = queries.has_verified_contact(account)
    is_remembered = case.device is not None and is_second_proof_remembered(case.device, now)
    case.facts = replace(
        case.facts,
        is_charter_due=is_charter_due(account, now),
        not_entitled=_find_missing(case),
        is_known_place=is_attacked_program and is_known_place(account, case.attempt.network_address, now, MAIL_DOORS),
        is_known_before=_is_known_before(case),
        factors=Factors(
            enrolled=enrolled,
            fallbacks=("recovery-contact", "support-code") if has_contact else ("support-code",),
            is_remembered=is_remembered,
            is_asked=case.attempt.needs_second,
            duty=find_duty(account, case.standing.type, now, _find_moment(case)),
        ),
    )


def _find_missing(case: Case) -> Reason | None:
    assert case.standing is not None
    account, attempt = case.standing.account, case.attempt
    return find_missing(
        account, case.standing.type, attempt.door, attempt.now, is_declared=case.facts.is_declared_network
    )


def _is_known_before(case: Case) -> bool:
    """Whether what contains the account was seen after this device, or this mail program's place, was the account's."""
    attempt, account, since = case.attempt, case.account, case.contained.since
    if account is None or since is None:
        return False
    if attempt.door in MAIL_DOORS:
        return was_place(account, attempt.network_address, since)
    return case.device is not None and was_device(account, case.device.id, since)


def _find_moment(case: Case) -> Moment:
    if case.attempt.door in MAIL_DOORS:  # what is unusual there is asked about by the place alone (`_is_known_before`)
        return Moment(case.facts.is_declared_network, "mail", is_program=True)
    is_unusual = case.facts.containment is not Containment.NONE or is_attacked(case.facts, case.policy)
    return Moment(case.facts.is_declared_network, "portal", is_unusual)


def _gather_counted(case: Case) -> None:
    """The failures that count, known and unknown identifiers alike, by the same queries."""
    assert case.pair is not None
    attempt, policy, pair = case.attempt, case.policy, case.pair
    since, is_code = attempt.now - policy.memory, attempt.door in CODE_DOORS
    limit = policy.codes_after if is_code else policy.account_after
    at_pair = queries.list_wrong_secrets(pair.subject, pair.source, case.serial, since=since)
    case.known_wrong = frozenset(digest for digest, _ in at_pair)
    counted = Counted(
        pair=tuple(at for _, at in at_pair),
        account_count=queries.count_wrong_secrets(pair.subject, case.serial, since=since, limit=limit),
        network=queries.list_wrong_subjects(
            name_source(attempt.network_address, None), since=attempt.now - policy.spray_memory
        ),
    )
    is_guessed = is_code and counted.account_count >= limit
    is_known = is_guessed and is_known_place(case.account or NOBODY, attempt.network_address, attempt.now)
    case.facts = replace(case.facts, counted=counted, is_known_place=is_known)

