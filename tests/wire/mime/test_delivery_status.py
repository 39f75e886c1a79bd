"""Reports of delivery, as servers write them: whom a message did not reach, and which message it was."""

import pytest

from corneille.wire.mime.delivery_status import find_reported_id, list_failed
from corneille.wire.mime.scan import scan

POSTFIX = (
    "Reporting-MTA: dns; mx.fai.example\r\nX-Postfix-Sender: rfc822; claire@ac.test\r\n\r\n"
    "Final-Recipient: rfc822; lea@fai.example\r\nOriginal-Recipient: rfc822;Lea.Durand@fai.example\r\n"
    "Action: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 unknown\r\n\r\n"
    "Final-Recipient: rfc822; tom@fai.example\r\nAction: delayed\r\nStatus: 4.4.1\r\n\r\n"
    "Final-Recipient: rfc822; <eva@fai.example>\r\nAction: Failed\r\nStatus: 5.2.2\r\n\r\n"
)


def report(status: str = POSTFIX, last: str = "message/rfc822", kind: str = "message/delivery-status") -> bytes:
    return (
        "From: MAILER-DAEMON@mx.fai.example\r\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
        f"--b\r\n\r\nUnknown user.\r\n--b\r\nContent-Type: {kind}\r\n\r\n{status}--b\r\nContent-Type: {last}\r\n\r\n"
        "From: claire@ac.test\r\nMessage-ID: <Un@ac.test>\r\nSubject: Sortie\r\n\r\nBonjour\r\n--b--\r\n"
    ).encode()


def test_who_was_not_reached_is_named_as_the_sender_named_them() -> None:
    content = report()
    assert list_failed(content, scan(content)) == ["Lea.Durand@fai.example", "eva@fai.example"]


def test_an_international_report_is_read_alike() -> None:
    status = "Reporting-MTA: dns; x\r\n\r\nFinal-Recipient: utf-8; zoé@fai.example\r\nAction: failed\r\n\r\n"
    content = report(status, kind="message/global-delivery-status")
    assert list_failed(content, scan(content)) == ["zoé@fai.example"]


@pytest.mark.parametrize("last", ["message/rfc822", "text/rfc822-headers", "text/rfc822-headers; charset=utf-8"])
def test_the_message_that_is_reported_on_is_found(last: str) -> None:
    content = report(last=last)
    assert find_reported_id(content, scan(content)) == "Un@ac.test"


@pytest.mark.parametrize(
    "content",
    [b"", b"From: a@b.example\r\n\r\nNon remis", report(""), report("Action: failed\r\n\r\n"), report("\r\n\r\n:;\r\n")],
)
def test_what_names_nobody_fails_nobody(content: bytes) -> None:
    assert list_failed(content, scan(content)) == []


def test_what_carries_no_message_reports_on_none() -> None:
    content = b"Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b--\r\n"
    assert find_reported_id(content, scan(content)) == ""
