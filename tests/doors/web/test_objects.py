"""What is somebody's: every address and form that names it, asked by who has an office over its owner and by who has none.

Each asks with a fresh proof, so that the right is what decides; the owner's own answers show that the thing is there.
"""

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pytest
from django.db import transaction
from django.test import Client

from corneille.doors.frame.bridge import Bridge
from corneille.kernel.models import Notice
from corneille.notices.models import Card
from corneille.run import asgi, serve
from corneille.run.ground import Ground
from tests.doors.web.roles import METHODS, Address, ask, list_addresses, name_answer, sign_in
from tests.doors.web.world import ROLES, World, found_world

Answers = tuple[str, str]

READ, FORM, ACT = ("closed", ""), ("closed", "closed"), ("", "closed")
MAY_READ, MAY_FORM, MAY_ACT = ("in", ""), ("in", "in"), ("", "in")
NAMES_NOBODY = frozenset(
    {"help:cause", "help:symptoms", "portal:export_access", "portal:not_me", "setup:microsoft_way_of"}
)
"""Addresses with a parameter that is no object of anybody's; `test_roles` has them."""
FOR_ANYBODY = frozenset({
    "calendar:choose", "calendar:read_feed", "calendar:take_holidays", "documents:shared", "faq:article",
    "portal:make_sheet",
})  # fmt: skip
"""What names nobody's own, though it has a parameter, and what the secret in its address opens."""
OWNER = "owner"
LOOK_AFTER = ("head", "support", "technician")


@dataclass(frozen=True, slots=True)
class Rule:
    """What others find, what its owner does, and what each office finds."""

    others: Answers
    owner: Answers
    offices: Mapping[str, Answers] = field(default_factory=dict)

    def wanted(self, role: str) -> Answers:
        return self.owner if role == OWNER else self.offices.get(role, self.others)


def _for(answers: Answers, *roles: str) -> dict[str, Answers]:
    return dict.fromkeys(roles, answers)


ROWS: dict[str, Rule] = {
    "calendar:drop": Rule(ACT, MAY_ACT),
    "calendar:event": Rule(FORM, MAY_FORM),
    "calendar:give": Rule(ACT, MAY_ACT),
    "calendar:make_feed": Rule(ACT, MAY_ACT),
    "calendar:move": Rule(ACT, MAY_ACT),
    "calendar:put_away_feed": Rule(ACT, MAY_ACT),
    "calendar:rename": Rule(ACT, MAY_ACT),
    "calendar:revoke_feed": Rule(ACT, MAY_ACT),
    "calendar:sharing": Rule(FORM, MAY_FORM),
    "calendar:take_back": Rule(ACT, MAY_ACT),
    "classes:add_guardian": Rule(FORM, MAY_FORM),
    "classes:add_pupil": Rule(FORM, MAY_FORM),
    "classes:guardian": Rule(FORM, MAY_FORM),
    "classes:import_list": Rule(FORM, MAY_FORM),
    "classes:pupil": Rule(FORM, MAY_FORM),
    "classes:remove": Rule(ACT, MAY_ACT),
    "classes:remove_person": Rule(ACT, MAY_ACT),
    "classes:rename": Rule(FORM, MAY_FORM),
    "classes:school_class": Rule(READ, MAY_READ),
    "documents:end": Rule(ACT, MAY_ACT),
    "faq:add": Rule(FORM, FORM, _for(MAY_FORM, "support", "security")),
    "faq:write": Rule(FORM, FORM, _for(MAY_FORM, "support", "security")),
    "groups:add": Rule(ACT, ACT, _for(MAY_ACT, "head")),
    "groups:change": Rule(FORM, FORM, _for(MAY_FORM, "head")),
    "groups:end": Rule(ACT, ACT, _for(MAY_ACT, "head")),
    "groups:group": Rule(READ, MAY_READ, _for(MAY_READ, "head")),
    "groups:import_people": Rule(FORM, FORM, _for(MAY_FORM, "head")),
    "groups:take_out": Rule(ACT, ACT, _for(MAY_ACT, "head")),
    "mail:act": Rule(ACT, MAY_ACT),
    "mail:answer_invitation": Rule(ACT, MAY_ACT),
    "mail:attachment": Rule(READ, MAY_READ),
    "mail:body": Rule(READ, MAY_READ),
    "mail:delete_folder": Rule(ACT, MAY_ACT),
    "mail:empty_folder": Rule(ACT, MAY_ACT),
    "mail:mailbox": Rule(READ, MAY_READ),
    "mail:message": Rule(READ, MAY_READ),
    "mail:picture": Rule(READ, READ),
    "mail:put_back": Rule(MAY_ACT, MAY_ACT),
    "mail:rename_folder": Rule(ACT, MAY_ACT),
    "mail:show_images": Rule(ACT, MAY_ACT),
    "mail:source": Rule(READ, MAY_READ),
    "portal:announce": Rule(FORM, FORM, _for(MAY_FORM, "support", "security")),
    "portal:card_dismiss": Rule(MAY_ACT, MAY_ACT),
    "portal:card_read": Rule(MAY_ACT, MAY_ACT),
    "portal:drop_contact": Rule(ACT, MAY_ACT),
    "portal:drop_factor": Rule(ACT, MAY_ACT),
    "portal:drop_held": Rule(ACT, ACT),
    "portal:end_connection": Rule(ACT, MAY_ACT),
    "portal:end_session": Rule(ACT, MAY_ACT),
    "portal:forget_device": Rule(ACT, MAY_ACT),
    "portal:letters": Rule(
        READ, READ,
        _for(MAY_READ, "head", "head elsewhere", "support", "technician", "technician elsewhere"),
    ),
    "portal:make_letters": Rule(ACT, ACT),
    "portal:make_unlock_letter": Rule(ACT, ACT, _for(MAY_ACT, "head", "support", "technician")),
    "portal:notice_seen": Rule(MAY_ACT, MAY_ACT),
    "portal:position": Rule(READ, READ, _for(MAY_READ, "head")),
    "portal:revoke_app_password": Rule(ACT, MAY_ACT),
    "portal:say_about_disruption": Rule(ACT, ACT, _for(MAY_ACT, "support", "security")),
    "portal:send_contact_code": Rule(ACT, MAY_ACT),
    "portal:unlock": Rule(
        READ, READ,
        _for(MAY_READ, "head", "head elsewhere", "support", "technician", "technician elsewhere"),
    ),
    "portal:verify_contact": Rule(ACT, MAY_ACT),
    "privacy:office": Rule(READ, READ, _for(MAY_READ, "data protection")),
    "privacy:register": Rule(READ, READ, _for(MAY_READ, "data protection")),
    "security:advise": Rule(ACT, ACT, _for(MAY_ACT, "security")),
    "security:close": Rule(ACT, ACT, _for(MAY_ACT, "security")),
    "security:cut_off": Rule(ACT, ACT, _for(MAY_ACT, "security")),
    "security:incident": Rule(
        READ, READ,
        _for(MAY_READ, "head", "support", "technician", "security", "security correspondent"),
    ),
    "security:judge": Rule(ACT, ACT, _for(MAY_ACT, "security")),
    "security:put_back": Rule(ACT, ACT),
    "security:queue": Rule(
        READ, READ,
        _for(MAY_READ, *LOOK_AFTER, "head elsewhere", "technician elsewhere", "security", "security correspondent"),
    ),
    "security:remove": Rule(FORM, FORM, _for(MAY_FORM, "security")),
    "security:report": Rule(ACT, MAY_ACT),
    "security:report_chosen": Rule(ACT, MAY_ACT),
    "support:check_caller": Rule(ACT, ACT, _for(MAY_ACT, "support", "technician", "digital correspondent")),
    "support:dealt": Rule(FORM, FORM, _for(MAY_FORM, "support", "technician", "digital correspondent")),
    "support:desk": Rule(
        READ, READ,
        _for(MAY_READ, "support", "technician", "technician elsewhere", "security correspondent", "digital correspondent"),
    ),
    "support:find": Rule(READ, READ, _for(MAY_READ, "support", "technician", "technician elsewhere")),
    "support:own": Rule(FORM, MAY_FORM),
    "support:send_caller_code": Rule(ACT, ACT, _for(MAY_ACT, "support", "technician", "digital correspondent")),
    "support:sheet": Rule(FORM, FORM, _for(MAY_FORM, "support", "technician", "digital correspondent")),
}


@pytest.fixture
def world(ground: Ground) -> World:
    return found_world()


def _list_asked(world: World) -> Iterator[Address]:
    return (each for each in list_addresses(world.arguments) if each.name in ROWS)


def _answers(client: Client, address: Address, world: World, wanted: Answers) -> Answers:
    """What comes back; what it changed is undone, so that the next finds all as it was."""
    found = []
    for method, expected in zip(METHODS, wanted, strict=True):
        with transaction.atomic():
            query, form = world.queries.get(address.name, ""), world.forms.get(address.name)
            found.append(name_answer(ask(client, address, method, query, form), method) if expected else "")
            transaction.set_rollback(True)
    return found[0], found[1]


def test_every_address_and_form_that_names_something_has_a_row(world: World) -> None:
    marks = dict.fromkeys(world.arguments, "7777")
    named = {each.name for each in list_addresses(marks) if "7777" in each.path}
    assert (named | set(world.forms)) - NAMES_NOBODY - FOR_ANYBODY <= set(ROWS)


@pytest.mark.slow  # a hundred pages each
@pytest.mark.parametrize("role", [OWNER, *ROLES])
def test_each_finds_what_is_theirs_or_in_their_office_and_nothing_else(world: World, role: str) -> None:
    client = sign_in(world.owner if role == OWNER else world.people[role], is_fresh=True)
    wanted = {name: rule.wanted(role) for name, rule in ROWS.items()}
    found = {each.name: _answers(client, each, world, wanted[each.name]) for each in _list_asked(world)}
    assert found == wanted


def test_a_yes_that_everybody_gets_changes_nothing_of_hers(world: World) -> None:
    client = sign_in(world.people["teacher"], is_fresh=True)
    addresses = {each.name: each for each in list_addresses(world.arguments)}
    for name in ("portal:card_read", "portal:card_dismiss", "portal:notice_seen", "calendar:choose", "mail:put_back"):
        assert name_answer(ask(client, addresses[name], "POST", "", world.forms[name]), "POST") == "in"
    card = Card.objects.get(account=world.owner.id)
    assert (card.read_at, card.dismissed_at) == (None, None)
    assert Notice.objects.get(pk=str(world.forms["portal:notice_seen"]["id"])).seen_at is None


def test_what_stands_beside_the_pages_asks_for_its_own_proof(world: World) -> None:
    """A web session opens no agenda to a program; /healthz is open; /catcher is there in the demonstration alone."""
    bridge = Bridge(1)
    mounts = serve.make_mounts(bridge, frozenset())
    assert set(mounts) == {"/dav", "/.well-known/caldav"}
    client = sign_in(world.people["teacher"], is_fresh=True)
    cookie = "; ".join(f"{each.key}={each.value}" for each in client.cookies.values()).encode()

    async def health() -> Mapping[str, object]:
        return {"ok": True}

    async def look(path: str) -> int:
        sent: list[Mapping[str, object]] = []

        async def receive() -> Mapping[str, object]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Mapping[str, object]) -> None:
            sent.append(message)

        scope = {
            "type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "",
            "headers": [(b"host", b"localhost"), (b"cookie", cookie)], "client": ("192.0.2.9", 1),
            "server": ("localhost", 443),
            "scheme": "https", "http_version": "1.1",
        }  # fmt: skip
        await asgi.make_app(health, mounts)(scope, receive, send)
        return int(str(sent[0]["status"]))

    async def look_at_all() -> dict[str, int]:
        return {path: await look(path) for path in ("/healthz", "/dav/", "/dav/principals/clemoine/", "/.well-known/caldav")}

    found = asyncio.run(look_at_all())
    bridge.close()
    assert found == {"/healthz": 200, "/dav/": 401, "/dav/principals/clemoine/": 401, "/.well-known/caldav": 301}
