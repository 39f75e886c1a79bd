"""Reports by forwarding: attached or inline, from people who signed in, thanked, and nothing for strangers."""

import email
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from corneille.kernel.ids import AccountId
from corneille.kernel.models import Notice
from corneille.kernel.settings import load
from corneille.mail.values import SpecialUse
from corneille.protection import forwarded
from corneille.protection.forwarded import find_report_address, read_forwarded
from corneille.protection.models import Incident, Report
from corneille.protection.report import file_report
from corneille.transport.accept import accept
from corneille.transport.submit import submit
from corneille.transport.values import Arrival, Envelope
from tests.protection.school import DOMAIN, NOW, Academie, Member, arrive, told, trap


def forward(member: Member, message: EmailMessage) -> None:
    message["From"] = member.person.principal_address
    message["To"] = find_report_address()
    envelope = Envelope(member.person.principal_address, (find_report_address(),))
    submit(member.id, envelope, message.as_bytes(), NOW).result()


def test_the_address_is_made_by_itself(academie: Academie) -> None:
    assert find_report_address() == f"signalement@{DOMAIN}"
    assert read_forwarded(NOW) == 0
    message = EmailMessage(policy=SMTP)
    message.set_content("x")
    forward(academie.claire, message)
    assert read_forwarded(NOW) == 1
    assert read_forwarded(NOW) == 0


def test_a_message_forwarded_as_attachment_is_reported_and_the_original_goes_to_junk(academie: Academie) -> None:
    read_forwarded(NOW)
    arrive(trap(1), academie.claire)
    message = EmailMessage(policy=SMTP)
    message["Subject"] = "Tr: suspect"
    message.set_content("Bonjour, ceci est louche.")
    original = academie.claire.read(academie.claire.list()[0].id)
    message.add_attachment(original, maintype="application", subtype="octet-stream", filename="a.bin")
    raw = message.as_bytes().replace(b"application/octet-stream", b"message/rfc822")
    forward(academie.claire, email.message_from_bytes(raw, policy=SMTP))
    read_forwarded(NOW)
    (incident,) = Incident.objects.all()
    assert incident.sender_address == "alerte@verif.example"
    assert Report.objects.get().account_id == academie.claire.id
    assert academie.claire.list() == []
    assert Notice.objects.filter(account=academie.claire.id, code="report-thanks").exists()


def test_a_message_forwarded_inline_is_found_in_the_reporters_mail(academie: Academie) -> None:
    read_forwarded(NOW)
    arrive(trap(1), academie.claire)
    message = EmailMessage(policy=SMTP)
    message["Subject"] = "TR : URGENT : quota dépassé"
    message.set_content("De : Service Messagerie\n\nVotre boîte… https://verif.example/q1")
    forward(academie.claire, message)
    read_forwarded(NOW)
    assert Incident.objects.get().sender_address == "alerte@verif.example"
    assert len(academie.claire.list(SpecialUse.JUNK)) == 1


def test_an_inline_one_that_is_nowhere_is_known_by_its_links(academie: Academie) -> None:
    read_forwarded(NOW)
    message = EmailMessage(policy=SMTP)
    message["Subject"] = "Reçu chez moi"
    message.set_content("https://verif.example/q9")
    forward(academie.paul, message)
    read_forwarded(NOW)
    (incident,) = Incident.objects.all()
    assert incident.sender_address == ""
    assert list(incident.traits.values_list("mark", flat=True)) == ["host:verif.example"]


def test_a_stranger_makes_no_report(academie: Academie) -> None:
    read_forwarded(NOW)
    envelope_to = find_report_address()
    forged = trap(1, sender=academie.claire.person.principal_address)
    accept(Envelope("x@y.example", (envelope_to,), Arrival("ESMTPS", "mx", "203.0.113.9")), forged, NOW).result()
    assert read_forwarded(NOW) == 1
    assert not Report.objects.exists()
    assert not Notice.objects.filter(code="report-thanks").exists()


def test_beyond_the_limit_the_person_and_an_officer_are_told_once(academie: Academie) -> None:
    read_forwarded(NOW)
    load(None, {}, protection={"reports_per_day_count": 1})
    try:
        for number in range(3):
            message = EmailMessage(policy=SMTP)
            message["Subject"] = f"Suspect {number}"
            message.set_content(f"https://piege{number}.example/")
            forward(academie.claire, message)
        read_forwarded(NOW)
    finally:
        load(None, {})
    assert Report.objects.count() == 1
    assert told(academie.claire) == ["report-thanks", "report-beyond"]
    assert told(academie.officer).count("reports-beyond") == 1


def test_more_attached_than_is_read_is_said(academie: Academie) -> None:
    read_forwarded(NOW)
    load(None, {}, protection={"reports_per_day_count": 2})
    try:
        message = EmailMessage(policy=SMTP)
        message["Subject"] = "Tr: suspects"
        for number in range(3):
            inner = trap(number, sender=f"x{number}@un{number}.example").replace(b"verif", b"v%d" % number)
            message.add_attachment(inner, maintype="application", subtype="octet-stream", filename="a.bin")
        raw = message.as_bytes().replace(b"application/octet-stream", b"message/rfc822")
        forward(academie.claire, email.message_from_bytes(raw, policy=SMTP))
        read_forwarded(NOW)
    finally:
        load(None, {})
    assert Report.objects.count() == 2
    assert "report-beyond" in told(academie.claire)


def test_a_message_that_ends_in_a_fault_stops_nobody_behind_it(
    academie: Academie, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(reporter: AccountId, *_told: object, **_more: object) -> None:
        if reporter == academie.claire.id:
            raise OverflowError("date value out of range")
        file_report(reporter, *_told, **_more)  # type: ignore[arg-type]

    read_forwarded(NOW)
    monkeypatch.setattr(forwarded, "file_report", fail)
    for member in (academie.paul, academie.claire):
        message = EmailMessage(policy=SMTP)
        message.set_content("https://verif.example/q9")
        forward(member, message)
    assert read_forwarded(NOW) == 2
    assert list(Report.objects.values_list("account_id", flat=True)) == [academie.paul.id]
    assert read_forwarded(NOW) == 0
