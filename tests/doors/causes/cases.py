"""One case for each cell of `desk/cause`: makes the cause come about, meets it at the door, gives what was told there."""

import re
import smtplib
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from html import unescape

import pyotp

from corneille.access.activate import make_activation_code
from corneille.access.containment import contain
from corneille.access.facts import Containment
from corneille.access.passkey import add_passkey, offer_passkey
from corneille.desk.cause import ROWS, Cause
from corneille.doors.dav.methods import METHODS
from corneille.doors.imap import commands as imap_commands
from corneille.doors.smtp import commands as smtp_commands
from corneille.doors.web.portal import information
from corneille.kernel import clock
from corneille.mail.append import append
from corneille.mail.mailbox import find_mailbox
from corneille.mail.open_mail_account import create_mail_account
from corneille.mail.values import NewMessage
from corneille.people.account_type import AccountState, AccountType
from corneille.people.add import NewPerson, add_person
from corneille.people.find import Person
from corneille.people.state import set_state
from tests.access.authenticator import Authenticator
from tests.doors.causes.at_the_guard import AT_THE_GUARD, Maker, past_date
from tests.doors.causes.scene import QUOTA_BYTES, Scene, say, stranger
from tests.doors.web.conftest import ORIGIN, Browser, text_of
from tests.doors.web.mail.test_writing import fields
from tests.doors.web.sso.conftest import Shifted, enrol_totp
from tests.transport.school import letter

OTHER_NUMEN = "05E0512345XYZ"
BORN = date(1985, 3, 17)
Case = Callable[[Scene, str], str]


def knock(prepare: Maker) -> Case:
    def meet(scene: Scene, door: str) -> str:
        prepare(scene, door)
        return scene.knock(door)

    return meet


# The second proof and the passkey, on the portal.


def second(scene: Scene, browser: Browser, code: str) -> str:
    scene.sign_in(browser, scene.identifier, scene.secret)
    answer = browser.post("/connexion/deuxieme-etape", {"par": "totp", "code": code})
    return text_of(answer) if answer.status_code != 302 else ""


def factor(*codes: Callable[[pyotp.TOTP], str]) -> Case:
    """Each code is typed on an unknown browser; what is told of the last."""

    def meet(scene: Scene, _door: str) -> str:
        totp = pyotp.TOTP(enrol_totp(scene.claire))
        return [second(scene, stranger(), make(totp)) for make in codes][-1]

    return meet


def factor_used(scene: Scene, _door: str) -> str:
    code = pyotp.TOTP(enrol_totp(scene.claire)).at(clock.now())
    assert second(scene, stranger(), code) == ""
    return second(scene, stranger(), code)


def factor_lost(scene: Scene, door: str) -> str:
    enrol_totp(scene.claire)
    return scene.knock(door)


def passkey(change: Callable[[Scene, Authenticator], None]) -> Case:
    """A key that is set, then changed, answers what the sign-in page asks for."""

    def meet(scene: Scene, _door: str) -> str:
        key, now, claire = Authenticator(ORIGIN), clock.now(), scene.claire
        options = offer_passkey(ORIGIN, claire.id, claire.identifier, claire.display_name, now)
        assert options is not None
        add_passkey(ORIGIN, claire.id, key.create(options), "", now)
        browser = stranger()
        asked = find_options(text_of(browser.get("/connexion")))
        change(scene, key)
        return text_of(browser.post("/connexion/cle", {"answer": key.get(asked)}))

    return meet


def find_options(page: str) -> str:
    found = re.search(r'data-options="([^"]+)"', page)
    assert found is not None
    return unescape(found[1])


def copied(_scene: Scene, key: Authenticator) -> None:
    key.key = Authenticator(ORIGIN).key


def removed(_scene: Scene, key: Authenticator) -> None:
    key.id = Authenticator(ORIGIN).id


def late(scene: Scene, _key: Authenticator) -> None:
    clock.install(Shifted(timedelta(minutes=11)))
    scene.held.callback(clock.install, clock.SystemClock())


# The letter of activation.


def activation(prepare: Callable[[Person], str]) -> Case:
    """What stands in a letter, typed on the page « Activer mon compte »."""

    def meet(scene: Scene, _door: str) -> str:
        type_, now = AccountType.TEACHER, clock.now()
        new = NewPerson(type_, "Lucie", "Morel", now, numen=OTHER_NUMEN, birth_on=BORN, state=AccountState.TO_ACTIVATE)
        code = prepare(add_person(new))
        typed = {"identifier": OTHER_NUMEN, "birth_on": BORN.isoformat(), "code": code}
        return text_of(stranger().post("/activer", typed))

    return meet


def old_letter(person: Person) -> str:
    return make_activation_code(person.id, clock.now() - timedelta(days=61), actor="cli")


def used_letter(person: Person) -> str:
    code = make_activation_code(person.id, clock.now(), actor="cli")
    set_state(person.id, AccountState.ACTIVE)
    return code


# What is met after signing in.


def write(scene: Scene, action: str = "envoyer", text: str = "Bonjour") -> str:
    """What the portal says of a letter that its writer sends to herself, or saves."""
    form = fields(text_of(scene.owner.get("/courrier/ecrire")))
    typed = {"action": action, "to": scene.claire.principal_address, "subject": "Réunion", "text": text}
    answer = scene.owner.post("/courrier/ecrire", {**form, **typed})
    return text_of(scene.owner.get(answer.headers["Location"]) if answer.status_code == 302 else answer)


def soft_landing_on_the_web(scene: Scene, door: str) -> str:
    past_date(2)(scene, door)
    return write(scene)


def past_its_date_on_the_web(scene: Scene, door: str) -> str:
    past_date(20)(scene, door)
    return text_of(scene.owner.get(scene.owner.get("/courrier/").headers["Location"]))


def sending_held(scene: Scene, door: str) -> str:
    contain(scene.claire.id, Containment.HOLD_SENDING, "burst", {"count": 900, "minutes": 1}, clock.now(), by="guard")
    if door == "web":
        return write(scene)
    scene.use_app_password()
    if door == "imap":
        return scene.knock(door)
    assert door == "submission", door
    return submit(scene)[-1]


def submit(scene: Scene, recipient: str = "") -> list[str]:
    """A letter as a program sends it: what is said to each command."""
    with scene.submission() as program:
        program.login(scene.identifier, scene.secret)
        return write_letter(program, scene.claire.principal_address, recipient)


def write_letter(program: smtplib.SMTP, sender: str, recipient: str = "") -> list[str]:
    """To oneself unless told otherwise."""
    told = [say(program, f"MAIL FROM:<{sender}>"), say(program, f"RCPT TO:<{recipient or sender}>")]
    if told[-1].startswith("250"):
        told.append(say(program, "DATA"))
        program.send(letter(sender=sender) + b".\r\n")
        told.append("{} {!r}".format(*program.getreply()))
    return told


def quota(scene: Scene, door: str) -> str:
    scene.use_app_password()
    if door == "web":
        return write(scene, "enregistrer", "x" * QUOTA_BYTES)
    if door == "imap":
        with closing(scene.imap()) as client:
            client.ok(b"LOGIN {} {}", scene.identifier.encode(), scene.secret.encode())
            return client.command(b"APPEND INBOX {}", b"x" * (QUOTA_BYTES + 1)).text
    assert door == "submission", door
    now = clock.now()
    paul, content = add_person(NewPerson(AccountType.TEACHER, "Paul", "Roux", now)), letter()
    mail = create_mail_account(paul.id, quota_bytes=len(content))
    inbox = find_mailbox(mail, "INBOX")
    assert inbox is not None
    append(mail, inbox.id, [NewMessage(content, now)]).result()
    return submit(scene, paul.principal_address)[-1]


def wrong_settings(scene: Scene, door: str) -> str:
    """A way of signing in that is not offered, no sign-in at all, an address that is not there."""
    scene.use_app_password()
    if door == "imap":
        with closing(scene.imap()) as client:
            return client.command(b"AUTHENTICATE CRAM-MD5").text
    if door == "submission":
        with scene.submission() as program:
            return say(program, f"MAIL FROM:<{scene.claire.principal_address}>")
    assert door == "dav", door
    return scene.dav("PROPFIND", "/dav/agendas/", f"{scene.identifier}:{scene.secret}")


def tls_refused(scene: Scene, door: str) -> str:
    if door == "imap":
        with closing(scene.imap(tls=False)) as client:
            return client.command(b"LOGIN clemoine x").text
    assert door == "submission", door
    with scene.submission(tls=False) as program:
        return say(program, "AUTH PLAIN AGEAYg==")


def incident(scene: Scene, door: str) -> str:
    """Our own code breaks in the middle of a command or a page."""

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    scene.use_app_password()
    match door:
        case "web":
            scene.monkeypatch.setattr(information, "render", broken)
            return text_of(stranger().get("/accessibilite"))
        case "imap":
            scene.monkeypatch.setitem(imap_commands.HANDLERS, "NAMESPACE", (broken, imap_commands.State.ANY))
            with closing(scene.imap()) as client:
                return client.command(b"NAMESPACE").text
        case "submission":
            scene.monkeypatch.setitem(smtp_commands._PLAIN, "VRFY", broken)
            with scene.submission() as program:
                return say(program, "VRFY")
        case "dav":
            scene.monkeypatch.setitem(METHODS, "PROPFIND", broken)
            return scene.knock(door)
        case _:
            raise AssertionError(door)


def token_wrong(scene: Scene, door: str) -> str:
    """A program comes with a token that was never given."""
    return scene.show_token(door, "unknown")[-1]


MEETS: dict[Cause, Case] = {
    **{cause: knock(prepare) for cause, prepare in AT_THE_GUARD.items()},
    Cause.FACTOR_LOST: factor_lost,
    Cause.FACTOR_WRONG: factor(lambda _totp: "000000"),
    Cause.FACTOR_USED: factor_used,
    Cause.FACTOR_CLOCK: factor(lambda totp: totp.at(clock.now() + timedelta(minutes=4))),
    Cause.FACTOR_SLOWED: factor(*(lambda _totp, code=f"{number:06}": code for number in range(6))),
    Cause.TICKET_EXPIRED: passkey(late),
    Cause.PASSKEY_WRONG: passkey(copied),
    Cause.PASSKEY_UNKNOWN: passkey(removed),
    Cause.ACTIVATED: activation(used_letter),
    Cause.CODE_SPENT: activation(old_letter),
    Cause.TOKEN_WRONG: token_wrong,
    Cause.SENDING_HELD: sending_held,
    Cause.QUOTA: quota,
    Cause.WRONG_SETTINGS: wrong_settings,
    Cause.TLS_REFUSED: tls_refused,
    Cause.INCIDENT: incident,
}
CASES: dict[tuple[Cause, str], Case] = {
    **{(row.cause, door): MEETS[row.cause] for row in ROWS for door in row.doors if row.cause in MEETS},
    (Cause.SOFT_LANDING, "web"): soft_landing_on_the_web,
    (Cause.PASSWORD_EXPIRED, "web"): past_its_date_on_the_web,
}
