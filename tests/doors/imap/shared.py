"""The mail of positions as a program names it, and somebody's way in."""

from dataclasses import replace

from corneille.access.app_password import create_app_password
from tests.doors.imap.conversation import Client, Door
from tests.positions import UAI
from tests.transport.school import NOW, Member

ROOT = b"Partag&AOk-/direction " + UAI.encode()
OFFICE = b"Partag&AOk-/secr&AOk-tariat " + UAI.encode()
INBOX = b'"' + ROOT + b'/INBOX"'
SENT = b'"' + ROOT + b'/Sent"'


def enter(door: Door, member: Member) -> Client:
    _, secret = create_app_password(member.account, "test", frozenset({"imap"}), NOW)
    return Client(replace(door, identifier=member.person.identifier, secret=secret)).log_in()
