"""An académie in which one teacher owns one of everything: what everybody else asks for in the matrix of roles."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.message import EmailMessage

from corneille.access.app_password import create_app_password
from corneille.access.connection import Hold, open_connection
from corneille.access.device import renew_device
from corneille.access.factor import make_sheet
from corneille.access.models import Device, Factor, WebSession
from corneille.access.not_me import make_link
from corneille.access.recovery_contact import add_contact
from corneille.access.session import register_session
from corneille.calendar.event import add_event
from corneille.calendar.feed import list_feeds, make_feed
from corneille.calendar.level import Level
from corneille.calendar.make_calendar import begin_agenda
from corneille.calendar.models import CalendarObject, Share
from corneille.calendar.open_calendar import open_named
from corneille.calendar.share import share_with_person
from corneille.classes.gate import list_pupils
from corneille.classes.make import NewClass, make_class
from corneille.classes.person import Which, put_guardian, put_pupil
from corneille.classes.pupil import GuardianSaid, PupilSaid
from corneille.classes.school_year import list_years
from corneille.desk.disruption import NewDisruption, announce
from corneille.documents.share import NewDocument, share
from corneille.groups.add import NewGroup, add_group
from corneille.groups.decide import Keeper, Rule, Term, Writers
from corneille.groups.entry import add_member
from corneille.kernel import clock, outbox
from corneille.kernel.ids import AccountId
from corneille.kernel.today import today
from corneille.mail.append import append
from corneille.mail.mailbox import find_mailbox
from corneille.mail.open_mail_account import create_mail_account, open_mail_account
from corneille.mail.values import NewMessage
from corneille.notices.models import Card
from corneille.notices.post import post_notice
from corneille.notices.posting import parse_posting
from corneille.notices.service import add_service, find_service
from corneille.people.account_type import AccountType
from corneille.people.add import NewEstablishment, NewPerson, add_assignment, add_domain, add_establishment, add_person
from corneille.people.add_position import NewPosition, add_position, give
from corneille.people.find import Person
from corneille.people.position_right import PositionRight
from corneille.people.position_right import Term as PositionTerm
from corneille.people.uai import format_uai
from corneille.protection.report import file_report
from corneille.support.open_request import NewRequest, open_request
from corneille.support.route import Matter
from corneille.wire.ical.write import Written
from corneille.wire.mime.scan import scan

LYCEE, COLLEGE, FAR = format_uai(760095), format_uai(760096), format_uai(140017)
DSDEN, FAR_DSDEN, RECTORAT = format_uai(769002), format_uai(149002), format_uai(149001)
BEGAN = date(2020, 9, 1)

ROLES: Mapping[str, tuple[AccountType, str, str]] = {
    "teacher": (AccountType.TEACHER, LYCEE, "Enseignement"),
    "staff": (AccountType.STAFF, LYCEE, "Secrétariat"),
    "head": (AccountType.HEAD, LYCEE, "Direction"),
    "head elsewhere": (AccountType.HEAD, COLLEGE, "Direction"),
    "inspector": (AccountType.INSPECTOR, RECTORAT, "Inspection"),
    "assistant": (AccountType.ASSISTANT, LYCEE, "Vie scolaire"),
    "support": (AccountType.SUPPORT, RECTORAT, "Assistance"),
    "technician": (AccountType.SUPPORT, DSDEN, "Assistance"),
    "technician elsewhere": (AccountType.SUPPORT, FAR_DSDEN, "Assistance"),
    "security": (AccountType.SECURITY, RECTORAT, "Sécurité"),
    "data protection": (AccountType.DATA_PROTECTION, RECTORAT, "Protection des données"),
    "partner": (AccountType.PARTNER, LYCEE, "Partenaire"),
    "security correspondent": (AccountType.TEACHER, LYCEE, "Correspondant sécurité"),
    "digital correspondent": (AccountType.TEACHER, LYCEE, "Correspondant numérique"),
}
"""Who asks: each a colleague of the owner at the lycée, or over it, or elsewhere."""


@dataclass(frozen=True, slots=True)
class World:
    """Everybody, and what stands in the addresses and forms that name something of the owner's.

    arguments  of an address, by the name of its parameter, or by "address:parameter" where it means something else there
    queries    what follows « ? »
    forms      what is sent, by the name of the address
    """

    owner: Person
    people: Mapping[str, Person]
    arguments: Mapping[str, object]
    queries: Mapping[str, str]
    forms: Mapping[str, Mapping[str, object]]


def found_world() -> World:
    """Adds it all to the open ground."""
    now = clock.now()
    add_domain("ac-demonstration.test", principal=True, now=now)
    for uai, kind in (
        (LYCEE, "lycee"), (COLLEGE, "college"), (FAR, "college"), (DSDEN, "dsden"), (FAR_DSDEN, "dsden"),
        (RECTORAT, "rectorat"),
    ):  # fmt: skip
        add_establishment(NewEstablishment(uai, f"{kind} {uai}", kind, "x"))
    owner = _add("Claire", "Lemoine", AccountType.TEACHER, LYCEE, "Enseignement")
    people = {name: _add("Alix", name.title().replace(" ", ""), *role) for name, role in ROLES.items()}
    arguments, queries, forms = _fill(owner)
    return World(owner, people, arguments, queries, forms)


def _add(given: str, family: str, kind: AccountType, uai: str, function: str) -> Person:
    person = add_person(NewPerson(kind, given, family, now=clock.now()))
    create_mail_account(person.id, quota_bytes=10_000_000)
    add_assignment(person.id, uai, function, BEGAN)
    return person


def _fill(owner: Person) -> tuple[dict[str, object], dict[str, str], dict[str, dict[str, object]]]:
    now, me = clock.now(), owner.id
    on, other = today(now), _add("Paul", "Roux", AccountType.TEACHER, FAR, "Enseignement")
    begin_agenda(me, now)
    agenda = open_named(me, "agenda", Level.MANAGE, now)
    add_event(agenda, Written("Chez le médecin", on, on + timedelta(days=1)), now)
    uid = CalendarObject.objects.get(calendar_id=agenda.id).uid
    share_with_person(agenda, other.identifier, Level.READ, on, None, now)
    secret = make_feed(agenda, "Tablette", now, with_details=True)
    year = list_years(on, "08-31")[0]
    school_class = make_class(me, NewClass("6e A", LYCEE, year.until_on), now)
    put_pupil(me, school_class, 0, PupilSaid("Petit", "Luc", "luc@ent.example"), now)
    pupil = list_pupils(school_class)[0].id
    put_guardian(me, school_class, Which(pupil, 0), GuardianSaid("Petit", "Anne", "anne@fai.example"), now)
    guardian = list_pupils(school_class)[0].guardians[0].id
    group = add_group(NewGroup("maths", "Maths", LYCEE, Keeper.HEAD, Writers.MEMBERS, Rule(), Term(BEGAN)), now)
    add_member(group, me, now, by=None)
    (document,) = share(me, "letter", [NewDocument("note.pdf", b"%PDF")], on + timedelta(days=30), now)
    mailbox, message, uid_of_message = _deliver(me)
    incident = file_report(me, _write_letter(), scan(_write_letter()), "page", now)
    request = open_request(me, NewRequest(Matter.PROGRAM, "Thunderbird ne se connecte plus"), now)
    position = add_position(NewPosition("direction", LYCEE, BEGAN), now)
    create_mail_account(position, quota_bytes=1_000_000)
    give(position, "Direction", [PositionRight.READ], PositionTerm(BEGAN), now)
    app_password, _secret = create_app_password(me, "Téléphone", frozenset({"imap"}), now)
    connection = open_connection(Hold(me, app_password, 0, "imap", "192.0.2.9", now), "Thunderbird")
    renew_device(None, me, None, "Firefox", now)
    register_session(me, "hers", network_address="192.0.2.9", program="Firefox", now=now)
    make_sheet(me, "recovery-code", now)
    contact = add_contact(me, "claire@fai.example", now)
    credential = add_service("mina", "MINA", "https://mina.example/", now, by="cli")
    service = find_service(credential)
    assert service is not None
    post_notice(service, parse_posting(json.dumps(_post(owner)).encode()), now)
    works = NewDisruption("incident", ("Lent", "Slow"), ("Lent.", "Slow."), ["mail"], now)
    disruption = announce(works, now, actor="cli")
    arguments: dict[str, object] = {
        "account_id": me, "calendar_id": agenda.id, "class_id": school_class, "group_id": group, "guardian_id": guardian,
        "incident_id": incident, "mailbox_id": mailbox, "message_id": message, "position_id": position, "pupil_id": pupil,
        "request_id": request, "name": "se-connecter", "topic": "connexion", "address": owner.principal_address,
        "code": "throttled", "form": "json", "ticket": make_link(me, now), "where": "AUTH-2222-2222",
        "calendar:read_feed:secret": secret, "documents:shared:secret": document.link.rpartition("/")[2],
    }  # fmt: skip
    event = f"agenda={agenda.id}&uid={uid}&fois="
    part = "partie=2"
    queries = {"calendar:event": event, "calendar:drop_event": event, "mail:attachment": part, "mail:picture": part}
    said = outbox_of(me, now)
    forms: dict[str, dict[str, object]] = {
        "calendar:choose": {"agenda": agenda.id},
        "calendar:drop": {"id": agenda.id},
        "calendar:event": {"title": "Autre"},
        "calendar:give": {"team": f"team/{LYCEE}/enseignement"},
        "calendar:make_feed": {"label": "Autre"},
        "calendar:move": {
            "agenda": agenda.id, "uid": uid, "fois": "", "debut": on.isoformat(),
            "fin": (on + timedelta(days=1)).isoformat(),
        },
        "calendar:put_away_feed": {"id": list_feeds(agenda, now)[0].id},
        "calendar:rename": {"id": agenda.id, "name": "Autre", "colour": agenda.colour},
        "calendar:revoke_feed": {"id": list_feeds(agenda, now)[0].id},
        "calendar:sharing": {"person": "proux", "level": int(Level.READ)},
        "calendar:take_back": {"id": Share.objects.get(calendar_id=agenda.id).pk},
        "calendar:take_holidays": {"zone": "B"},
        "classes:add_guardian": {"family_name": "X", "given_name": "Y", "address": "x@fai.example", "role": ""},
        "classes:add_pupil": {"family_name": "X", "given_name": "Y", "address": "x@ent.example"},
        "classes:guardian": {"family_name": "X", "given_name": "Y", "address": "x@fai.example", "role": ""},
        "classes:import_list": {"texte": "Nom;Prénom\nX;Y\n", "action": "garder"},
        "classes:pupil": {"family_name": "X", "given_name": "Y", "address": "x@ent.example"},
        "classes:remove": {"sur": "1"},
        "classes:remove_person": {"eleve": pupil, "responsable": guardian},
        "classes:rename": {"label": "6e B"},
        "documents:end": {"id": document.id},
        "groups:add": {"qui": other.principal_address},
        "groups:change": {"title": "Autre", "writers": "members"},
        "groups:end": {"until_on": on.isoformat()},
        "groups:take_out": {"id": me},
        "mail:act": {"action": "lu", "uid": uid_of_message},
        "mail:answer_invitation": {"reponse": "oui"},
        "mail:delete_folder": {"dossier": mailbox},
        "mail:empty_folder": {"dossier": mailbox},
        "mail:put_back": {"numero": 1},
        "mail:rename_folder": {"dossier": mailbox, "nom": "Autre"},
        "portal:card_dismiss": {"id": Card.objects.get(account=me).pk},
        "portal:card_read": {"id": Card.objects.get(account=me).pk},
        "portal:drop_contact": {"id": contact},
        "portal:drop_factor": {"id": Factor.objects.filter(account=me)[0].pk},
        "portal:drop_held": {"reference": "x"},
        "portal:end_connection": {"id": connection},
        "portal:end_session": {"id": WebSession.objects.get(account=me).pk},
        "portal:forget_device": {"id": Device.objects.get(account=me).pk},
        "portal:make_letters": {"uai": LYCEE},
        "portal:make_sheet": {"par": "printed"},
        "portal:make_unlock_letter": {"qui": owner.identifier, "lost": "both", "way": "known"},
        "portal:notice_seen": {"id": said},
        "portal:revoke_app_password": {"id": app_password},
        "portal:say_about_disruption": {"id": disruption, "french_text": "Fini.", "english_text": "Over."},
        "portal:send_contact_code": {"id": contact},
        "portal:verify_contact": {"id": contact, "code": "123456"},
        "security:judge": {"verdict": "phishing"},
        "security:put_back": {"id": 1},
        "security:report_chosen": {"uid": uid_of_message},
        "support:check_caller": {"code": "12345678"},
        "support:dealt": {"do": "take"},
        "support:own": {"do": "withdraw"},
        "support:sheet": {"reason": "Il ne reçoit plus rien."},
    }  # fmt: skip
    return arguments, queries, forms


def outbox_of(account: AccountId, now: datetime) -> int:
    """A notice of hers, by its number."""
    outbox.add_notice(account, "report-thanks", {"subject": "x"}, now, key="matrix")
    return outbox.list_notices(account, now)[0].id


def _post(person: Person) -> dict[str, object]:
    both = {"fr": "À signer", "en": "To sign"}
    return {"key": "un", "person": person.identifier, "title": both, "text": both, "severity": "info",
            "valid_until": (clock.now() + timedelta(days=9)).isoformat()}  # fmt: skip


def _deliver(account: AccountId) -> tuple[int, int, int]:
    """A letter with a file in her INBOX: the mailbox, the message, its UID."""
    mail = open_mail_account(account)
    inbox = find_mailbox(mail, "INBOX")
    assert inbox is not None
    (filed,) = append(mail, inbox.id, [NewMessage(_write_letter(), clock.now())]).result()
    return inbox.id, filed.id, filed.uid


def _write_letter() -> bytes:
    letter = EmailMessage()
    letter["From"], letter["To"] = "Alerte <alerte@verif.example>", "claire.lemoine@ac-demonstration.test"
    letter["Subject"], letter["Message-ID"] = "Votre boîte sera fermée", "<un@verif.example>"
    letter.set_content("Confirmez sur https://verif.example/q\n")
    letter.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="note.pdf")
    return letter.as_bytes()
