"""Who may open what: every address of the site, every kind of account. An address without a row here fails."""

from dataclasses import dataclass
from datetime import date

import pytest
from django.test import Client

from corneille.kernel import clock
from corneille.mail.open_mail_account import create_mail_account
from corneille.people.account_type import AccountType
from corneille.people.add import (
    NewEstablishment,
    NewPerson,
    add_assignment,
    add_domain,
    add_establishment,
    add_person,
)  # fmt: skip
from corneille.people.find import Person
from corneille.people.uai import format_uai
from corneille.run.ground import Ground
from tests.doors.web.roles import METHODS, Address, ask, list_addresses, name_answer, sign_in

ARGUMENTS = {"form": "json", "ticket": "x", "where": "AUTH-2222-2222", "code": "throttled"}
"""What stands in addresses here; whatever else one names is there for nobody. `test_objects` asks for what is somebody's."""
TYPES = [each for each in AccountType if each is not AccountType.FUNCTIONAL]


@dataclass(frozen=True, slots=True)
class Rule:
    """What comes back: to read and to send, for a stranger and for who is signed in; `only`: these types, 404 for others.

    "in", "sign-in" (the page to sign in), "prove" (a fresh proof first), "closed" (not there, or not yours), "credential"
    (of a service), "" (this method is none of the address); or where a redirect leads, or the number of a refusal: the
    address alone asks for nothing
    """

    stranger: tuple[str, str]
    member: tuple[str, str]
    only: frozenset[AccountType] = frozenset(TYPES)


def lead(read: str, sent: str = "") -> Rule:
    """The same for everybody."""
    return Rule((read, sent), (read, sent))


OPEN = Rule(("in", ""), ("in", ""))
OPEN_FORM = Rule(("in", "in"), ("in", "in"))
OPEN_ACT = Rule(("", "in"), ("", "in"))
OPEN_NONE_SUCH = Rule(("closed", ""), ("closed", ""))
PAGE = Rule(("sign-in", ""), ("in", ""))
FORM = Rule(("sign-in", "sign-in"), ("in", "in"))
FRESH_TO_SEND = Rule(("sign-in", "sign-in"), ("in", "prove"))
FRESH_FORM = Rule(("sign-in", "sign-in"), ("prove", "prove"))
FRESH_PAGE = Rule(("sign-in", ""), ("prove", ""))
FRESH_ACT = Rule(("", "sign-in"), ("", "prove"))
ACT = Rule(("", "sign-in"), ("", "in"))
NOT_MINE = Rule(("sign-in", ""), ("closed", ""))
ACT_ON_NOT_MINE = Rule(("", "sign-in"), ("", "closed"))
LOOKED_AFTER = frozenset({AccountType.HEAD, AccountType.SUPPORT})
SPEAKS = frozenset({AccountType.SUPPORT})
ANSWERS = frozenset({AccountType.SUPPORT})
WATCHES = LOOKED_AFTER | {AccountType.SECURITY}

TEACH = frozenset({AccountType.TEACHER, AccountType.HEAD, AccountType.STAFF, AccountType.ASSISTANT})

ROWS: dict[str, Rule] = {
    "/.well-known/change-password": lead("/mot-de-passe"),
    "/favicon.ico": lead("/static/kit/mark.svg"),
    "/robots.txt": OPEN,
    "calendar:agenda": PAGE,
    "calendar:calendars": PAGE,
    "calendar:choose": ACT,
    "calendar:drop": ACT_ON_NOT_MINE,
    "calendar:drop_event": ACT_ON_NOT_MINE,
    "calendar:event": Rule(("sign-in", "sign-in"), ("closed", "closed")),
    "calendar:events": Rule(("sign-in", ""), ("400", "")),
    "calendar:give": ACT_ON_NOT_MINE,
    "calendar:make": ACT,
    "calendar:make_feed": FRESH_ACT,
    "calendar:move": ACT,
    "calendar:new": FORM,
    "calendar:read_feed": OPEN_NONE_SUCH,
    "calendar:rename": ACT_ON_NOT_MINE,
    "calendar:revoke_feed": ACT_ON_NOT_MINE,
    "calendar:sharing": Rule(("sign-in", "sign-in"), ("closed", "closed")),
    "calendar:take_back": ACT_ON_NOT_MINE,
    "calendar:put_away_feed": ACT_ON_NOT_MINE,
    "calendar:take_holidays": ACT_ON_NOT_MINE,
    "classes:add_guardian": Rule(("sign-in", "sign-in"), ("closed", "closed")),
    "classes:add_pupil": Rule(("sign-in", "sign-in"), ("closed", "closed")),
    "classes:guardian": Rule(("sign-in", "sign-in"), ("closed", "closed")),
    "classes:import_list": Rule(("sign-in", "sign-in"), ("closed", "closed")),
    "classes:make": Rule(("sign-in", "sign-in"), ("in", "in"), TEACH),
    "classes:mine": PAGE,
    "classes:pupil": Rule(("sign-in", "sign-in"), ("closed", "closed")),
    "classes:remove": ACT_ON_NOT_MINE,
    "classes:remove_person": ACT_ON_NOT_MINE,
    "classes:rename": Rule(("sign-in", "sign-in"), ("closed", "closed")),
    "classes:school_class": NOT_MINE,
    "documents:end": ACT_ON_NOT_MINE,
    "documents:mine": PAGE,
    "documents:shared": Rule(("closed", "closed"), ("closed", "closed")),
    "faq:add": Rule(("sign-in", "sign-in"), ("in", "prove"), SPEAKS),
    "faq:article": OPEN_NONE_SUCH,
    "faq:begin": OPEN,
    "faq:write": Rule(("sign-in", "sign-in"), ("closed", "prove")),
    "gateway:openapi": OPEN,
    "gateway:post_notice": Rule(("", "credential"), ("", "credential")),
    "groups:add": ACT_ON_NOT_MINE,
    "groups:change": Rule(("sign-in", "sign-in"), ("closed", "closed")),
    "groups:end": ACT_ON_NOT_MINE,
    "groups:group": NOT_MINE,
    "groups:import_people": Rule(("sign-in", "sign-in"), ("closed", "closed")),
    "groups:make": Rule(("sign-in", "sign-in"), ("in", "in"), frozenset({AccountType.HEAD})),
    "groups:mine": PAGE,
    "groups:take_out": ACT_ON_NOT_MINE,
    "help:begin": OPEN,
    "help:browser": OPEN,
    "help:cause": OPEN_NONE_SUCH,
    "help:rules": OPEN,
    "help:send_cause": OPEN_ACT,
    "help:symptoms": OPEN_NONE_SUCH,
    "mail:act": ACT_ON_NOT_MINE,
    "mail:attachment": NOT_MINE,
    "mail:audience": PAGE,
    "mail:autosave": FORM,
    "mail:body": NOT_MINE,
    "mail:compose": FORM,
    "mail:create_folder": ACT,
    "mail:deleted": PAGE,
    "mail:delete_folder": ACT_ON_NOT_MINE,
    "mail:empty_folder": ACT_ON_NOT_MINE,
    "mail:folders": PAGE,
    "mail:images": Rule(("sign-in", "sign-in"), ("in", "closed")),
    "mail:inbox": PAGE,
    "mail:mailbox": NOT_MINE,
    "mail:message": NOT_MINE,
    "mail:picture": NOT_MINE,
    "mail:put_back": ACT,
    "mail:rename_folder": ACT_ON_NOT_MINE,
    "mail:room": PAGE,
    "mail:search": PAGE,
    "mail:show_images": ACT_ON_NOT_MINE,
    "mail:signature": FORM,
    "mail:answer_invitation": ACT_ON_NOT_MINE,
    "mail:source": NOT_MINE,
    "mail:suggest": PAGE,
    "mail:undo": ACT,
    "portal:accessibility": OPEN,
    "portal:activate": OPEN_FORM,
    "portal:activate_password": lead("/activer", "in"),
    "portal:activity": PAGE,
    "portal:add_passkey": FRESH_FORM,
    "portal:ask_export": FRESH_ACT,
    "portal:add_totp": FRESH_FORM,
    "portal:card_dismiss": ACT_ON_NOT_MINE,
    "portal:card_read": ACT_ON_NOT_MINE,
    "portal:cards": PAGE,
    "portal:charter": FORM,
    "portal:confirm": FORM,
    "portal:contacts": FRESH_TO_SEND,
    "portal:decline_factor": ACT,
    "portal:display": OPEN_FORM,
    "portal:drop_contact": FRESH_ACT,
    "portal:drop_export": ACT_ON_NOT_MINE,
    "portal:drop_factor": FRESH_ACT,
    "portal:drop_held": ACT_ON_NOT_MINE,
    "portal:end_connection": ACT_ON_NOT_MINE,
    "portal:end_other_sessions": ACT,
    "portal:end_session": ACT_ON_NOT_MINE,
    "portal:export": Rule(("sign-in", ""), ("/mes-donnees", "")),
    "portal:export_access": FRESH_PAGE,
    "portal:factor_shares": Rule(("sign-in", ""), ("in", ""), WATCHES),
    "portal:factors": PAGE,
    "portal:fetch_export": FRESH_PAGE,
    "portal:first_steps": PAGE,
    "portal:forget_device": ACT_ON_NOT_MINE,
    "portal:forgotten": OPEN_FORM,
    "portal:forgotten_code": lead("/mot-de-passe-oublie", "in"),
    "portal:forgotten_letter": OPEN_FORM,
    "portal:forgotten_new": lead("/mot-de-passe-oublie", "in"),
    "portal:forgotten_passkey": OPEN_ACT,
    "portal:home": PAGE,
    "portal:judge_password": Rule(("", "closed"), ("", "in")),
    "portal:kept": PAGE,
    "portal:letters": Rule(("sign-in", ""), ("in", ""), LOOKED_AFTER),
    "portal:make_letters": FRESH_ACT,
    "portal:make_sheet": FRESH_ACT,
    "portal:make_unlock_letter": FRESH_ACT,
    "portal:not_me": OPEN_FORM,
    "portal:notice_seen": ACT_ON_NOT_MINE,
    "portal:passkey_sign_in": OPEN_ACT,
    "portal:password": FORM,
    "portal:position": NOT_MINE,
    "portal:programs": FRESH_TO_SEND,
    "portal:register": PAGE,
    "portal:repair": FORM,
    "portal:was_me": FRESH_ACT,
    "portal:review": PAGE,
    "portal:revoke_app_password": ACT_ON_NOT_MINE,
    "portal:rights": PAGE,
    "portal:second_step": Rule(("sign-in", "sign-in"), ("sign-in", "sign-in")),
    "portal:send_contact_code": ACT_ON_NOT_MINE,
    "portal:set_language": OPEN_ACT,
    "portal:sign_in": Rule(("in", "in"), ("/", "in")),
    "portal:sign_out": Rule(("sign-in", "sign-in"), ("in", "sign-in")),
    "portal:announce": Rule(("sign-in", "sign-in"), ("in", "prove"), SPEAKS),
    "portal:say_about_disruption": FRESH_ACT,
    "portal:state": OPEN,
    "portal:state_feed": OPEN,
    "portal:unlock": Rule(("sign-in", ""), ("in", ""), LOOKED_AFTER),
    "portal:verify_contact": FRESH_ACT,
    "privacy:office": Rule(("sign-in", ""), ("in", ""), frozenset({AccountType.DATA_PROTECTION})),
    "privacy:register": Rule(("sign-in", ""), ("in", ""), frozenset({AccountType.DATA_PROTECTION})),
    "security:advise": FRESH_ACT,
    "security:close": FRESH_ACT,
    "security:cut_off": FRESH_ACT,
    "security:incident": NOT_MINE,
    "security:judge": FRESH_ACT,
    "security:mine": PAGE,
    "security:put_back": FRESH_ACT,
    "security:queue": Rule(("sign-in", ""), ("in", ""), WATCHES),
    "security:remove": Rule(("sign-in", "sign-in"), ("closed", "prove")),
    "security:report": ACT_ON_NOT_MINE,
    "security:report_chosen": ACT_ON_NOT_MINE,
    "setup:microsoft": OPEN_FORM,
    "setup:microsoft_way": lead("400"),
    "setup:microsoft_way_of": lead("400"),
    "setup:mozilla": OPEN,
    "setup:mozilla_of_domain": OPEN,
    "setup:profile": PAGE,
    "sso:allow": ACT,
    "sso:authorise": lead("400", "in"),
    "sso:discovery": OPEN,
    "sso:keys": OPEN,
    "sso:leave": Rule(("sign-in", "sign-in"), ("in", "in")),
    "sso:token": OPEN_ACT,
    "sso:userinfo": Rule(("credential", "credential"), ("credential", "credential")),
    "support:ask": FORM,
    "support:check_caller": FRESH_ACT,
    "support:code": FORM,
    "support:dealt": Rule(("sign-in", "sign-in"), ("closed", "closed")),
    "support:desk": Rule(("sign-in", ""), ("in", ""), ANSWERS),
    "support:find": Rule(("sign-in", ""), ("in", ""), ANSWERS),
    "support:mine": PAGE,
    "support:own": Rule(("sign-in", "sign-in"), ("closed", "closed")),
    "support:send_caller_code": FRESH_ACT,
    "support:sheet": Rule(("sign-in", "sign-in"), ("closed", "prove")),
    "support:unproved": Rule(("in", "in"), ("/demandes/nouvelle", "in")),
}


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert {each.name for each in list_addresses(ARGUMENTS)} == set(ROWS)


def _answers(address: Address, client: Client) -> tuple[str, ...]:
    return tuple(name_answer(ask(client, address, method), method) for method in METHODS)


@pytest.fixture
def places(ground: Ground) -> None:
    add_domain("ac-demonstration.test", principal=True, now=clock.now())
    for number, kind in ((760095, "lycee"), (760001, "rectorat")):
        add_establishment(NewEstablishment(format_uai(number), kind, kind, "Rouen"))


def _make(account_type: AccountType) -> Person:
    person = add_person(NewPerson(account_type, "Alix", account_type.value.title(), now=clock.now()))
    create_mail_account(person.id, quota_bytes=1_000_000)
    there = 760001 if account_type is AccountType.SUPPORT else 760095
    add_assignment(person.id, format_uai(there), "x", date(2020, 9, 1))
    return person


def _close(member: tuple[str, str]) -> tuple[str, ...]:
    """What others than `only` find: not there; where a fresh proof is asked first, that."""
    return tuple("prove" if each == "prove" else each and "closed" for each in member)


def test_a_stranger_reads_what_is_open_and_signs_in_for_the_rest(places: None) -> None:
    stranger = Client(SERVER_NAME="localhost")
    found = {each.name: _answers(each, stranger) for each in list_addresses(ARGUMENTS)}
    assert found == {name: rule.stranger for name, rule in ROWS.items()}


@pytest.mark.slow  # a thousand pages
@pytest.mark.parametrize("account_type", TYPES)
def test_each_kind_of_account_opens_what_is_its_own(places: None, account_type: AccountType) -> None:
    person = _make(account_type)
    found = {each.name: _answers(each, sign_in(person, is_fresh=False)) for each in list_addresses(ARGUMENTS)}
    wanted = {
        name: rule.member if account_type in rule.only else _close(rule.member)
        for name, rule in ROWS.items()
    }
    assert found == wanted
