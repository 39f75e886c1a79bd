"""Every format says the same servers, of one offer, and nothing that depends on who it is for but their own address."""

import json
import plistlib
from xml.etree.ElementTree import Element, fromstring

import pytest

from corneille.wire.autoconfig.autodiscover import OUTLOOK, Asked, format_settings, format_way, parse_asked
from corneille.wire.autoconfig.mozilla import format_config
from corneille.wire.autoconfig.offer import Offer, Owner, Server, list_looked_for
from corneille.wire.autoconfig.profile import format_profile
from corneille.wire.autoconfig.records import format_records
from corneille.wire.autoconfig.transfer import format_transfer

OFFER = Offer(
    "Académie d’Exemple & Cie",
    ("ac-exemple.test", "ancien.test"),
    Server("imap.ac-exemple.test", 993, 143),
    Server("smtp.ac-exemple.test", 465, 587),
    "https://portail.ac-exemple.test",
)
OWNER = Owner("Zoé Lemoine", "zoe.lemoine@ac-exemple.test")
REQUEST = (
    '<?xml version="1.0"?><Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006">'
    "<Request><EMailAddress>{}</EMailAddress><AcceptableResponseSchema>{}</AcceptableResponseSchema></Request></Autodiscover>"
)
BOMB = '<!DOCTYPE a [<!ENTITY b "zoe@ac-exemple.test">]>' + REQUEST.format("&b;", OUTLOOK).removeprefix(
    '<?xml version="1.0"?>'
)


def servers_of(root: Element, name: str) -> list[tuple[str | None, ...]]:
    wanted = ("hostname", "port", "socketType", "username")
    return [tuple(each.findtext(field) for field in wanted) for each in root.findall(f"emailProvider/{name}")]


def test_thunderbird_reads_domains_servers_and_calendars() -> None:
    root = fromstring(format_config(OFFER))
    assert [each.text for each in root.findall("emailProvider/domain")] == ["ac-exemple.test", "ancien.test"]
    assert root.findtext("emailProvider/displayName") == OFFER.name
    assert servers_of(root, "incomingServer") == [
        ("imap.ac-exemple.test", "993", "SSL", "%EMAILADDRESS%"),
        ("imap.ac-exemple.test", "143", "STARTTLS", "%EMAILADDRESS%"),
    ]
    assert servers_of(root, "outgoingServer") == [
        ("smtp.ac-exemple.test", "465", "SSL", "%EMAILADDRESS%"),
        ("smtp.ac-exemple.test", "587", "STARTTLS", "%EMAILADDRESS%"),
    ]
    assert root.findtext("calendar/serverURL") == "https://portail.ac-exemple.test/dav/"


def protocols_of(answer: bytes) -> list[dict[str, str]]:
    return [
        {each.tag.rpartition("}")[2]: each.text or "" for each in protocol}
        for protocol in fromstring(answer).iter(f"{{{OUTLOOK}}}Protocol")
    ]


def test_outlook_reads_the_servers_that_take_tls_first() -> None:
    asked = parse_asked(REQUEST.format(OWNER.address, OUTLOOK).encode())
    assert asked == Asked(OWNER.address, OUTLOOK)
    imap, smtp = protocols_of(format_settings(OFFER, asked))
    assert (imap["Type"], imap["Server"], imap["Port"], imap["LoginName"]) == (
        "IMAP", "imap.ac-exemple.test", "993", OWNER.address,
    )  # fmt: skip
    assert (smtp["Type"], smtp["Server"], smtp["Port"]) == ("SMTP", "smtp.ac-exemple.test", "465")
    assert all(each["SSL"] == each["AuthRequired"] == "on" and each["SPA"] == "off" for each in (imap, smtp))


@pytest.mark.parametrize(
    "content",
    [
        b"", b"not XML", REQUEST.format("", OUTLOOK).encode(), REQUEST.format("nobody", OUTLOOK).encode(), BOMB.encode(),
        b"<Autodiscover/>", b"<a>" * 50 + b"</a>" * 50,
    ],
)  # fmt: skip
def test_a_request_that_is_not_understood_is_refused_in_its_own_words(content: bytes) -> None:
    asked = parse_asked(content)
    assert asked is None
    assert b"<ErrorCode>600</ErrorCode>" in format_settings(OFFER, asked)


def test_who_asks_for_activesync_is_told_that_there_is_none() -> None:
    mobile = "http://schemas.microsoft.com/exchange/autodiscover/mobilesync/responseschema/2006"
    assert b"<ErrorCode>601</ErrorCode>" in format_settings(OFFER, Asked(OWNER.address, mobile))


def test_the_json_leads_to_the_xml_alone() -> None:
    assert format_way("https://portail/x", "autodiscoverv1") == (
        200,
        {"Protocol": "AutodiscoverV1", "Url": "https://portail/x"},
    )
    status, told = format_way("https://portail/x", "ActiveSync")
    assert (status, told["ErrorCode"]) == (400, "InvalidProtocol")


def test_the_profile_sets_up_mail_and_calendars_without_a_password() -> None:
    content = format_profile(OFFER, OWNER)
    profile = plistlib.loads(content)
    mail, calendars = profile["PayloadContent"]
    assert mail["EmailAccountName"] == "Zoé Lemoine"
    assert (mail["IncomingMailServerHostName"], mail["IncomingMailServerPortNumber"]) == ("imap.ac-exemple.test", 993)
    assert (mail["OutgoingMailServerHostName"], mail["OutgoingMailServerPortNumber"]) == ("smtp.ac-exemple.test", 465)
    assert mail["IncomingMailServerUseSSL"] is mail["OutgoingMailServerUseSSL"] is calendars["CalDAVUseSSL"] is True
    assert (calendars["CalDAVHostName"], calendars["CalDAVPort"]) == ("portail.ac-exemple.test", 443)
    assert not {"IncomingPassword", "OutgoingPassword", "CalDAVPassword"} & {*mail, *calendars}
    assert format_profile(OFFER, OWNER) == content, "an update replaces what is installed"
    assert len({profile["PayloadUUID"], mail["PayloadUUID"], calendars["PayloadUUID"]}) == 3


def test_the_square_tells_thunderbird_for_android_all_that_it_asks_for() -> None:
    assert json.loads(format_transfer(OFFER, OWNER, "aaaa-bbbb")) == [
        1,
        [1, 1],
        [0, "imap.ac-exemple.test", 993, 3, 1, OWNER.address, f"{OFFER.name} · {OWNER.address}", "aaaa-bbbb"],
        [[[0, "smtp.ac-exemple.test", 465, 3, 1, OWNER.address, "aaaa-bbbb"], [OWNER.address, "Zoé Lemoine"]]],
    ]


def test_the_zone_names_each_service_and_denies_what_is_not_offered() -> None:
    lines = format_records(OFFER, "ac-exemple.test").splitlines()
    for wanted in (
        "_imaps._tcp.ac-exemple.test.\tIN\tSRV\t0 1 993 imap.ac-exemple.test.",
        "_imap._tcp.ac-exemple.test.\tIN\tSRV\t10 1 143 imap.ac-exemple.test.",
        "_submissions._tcp.ac-exemple.test.\tIN\tSRV\t0 1 465 smtp.ac-exemple.test.",
        "_submission._tcp.ac-exemple.test.\tIN\tSRV\t10 1 587 smtp.ac-exemple.test.",
        "_pop3s._tcp.ac-exemple.test.\tIN\tSRV\t0 0 0 .",
        "_caldavs._tcp.ac-exemple.test.\tIN\tSRV\t0 1 443 portail.ac-exemple.test.",
        '_caldavs._tcp.ac-exemple.test.\tIN\tTXT\t"path=/dav/"',
        "_autodiscover._tcp.ac-exemple.test.\tIN\tSRV\t0 0 443 portail.ac-exemple.test.",
        "autoconfig.ac-exemple.test.\tIN\tCNAME\tportail.ac-exemple.test.",
    ):
        assert wanted in lines


def test_programs_look_at_the_domain_and_at_two_names_below_it() -> None:
    assert list_looked_for("ac-exemple.test") == (
        "ac-exemple.test",
        "autoconfig.ac-exemple.test",
        "autodiscover.ac-exemple.test",
    )
