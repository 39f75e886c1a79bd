"""The signs of deception of one message, for the person who reads it."""

from dataclasses import dataclass, replace

from corneille.kernel.settings import Ground, of, portal_address
from corneille.mail.criteria import HeaderHas
from corneille.mail.mailbox import find_special_mailbox
from corneille.mail.search import search
from corneille.mail.slices import finish
from corneille.mail.values import MailAccount, SpecialUse
from corneille.people.address import list_domains
from corneille.people.colleague import is_name_of_colleague
from corneille.protection.judge import Home, Sign, is_from_outside, judge
from corneille.protection.read_letter import read_letter
from corneille.wire.html.host import read_host
from corneille.wire.mime.part import Part


@dataclass(frozen=True, slots=True)
class Warned:
    """What to say above a message; `is_outside`: its sender is none of ours."""

    signs: tuple[Sign, ...]
    is_outside: bool


def warn(reader: MailAccount | None, content: bytes, root: Part) -> Warned:
    """Judges a message; `reader` None: for somebody whose own mail is not the question. Never raises for any bytes."""
    home = find_home()
    letter = read_letter(content, root)
    is_outside = is_from_outside(letter, home)
    if is_outside and is_name_of_colleague(letter.sender_name):
        known = reader is not None and _has_written_to(reader, letter.sender_address)
        letter = replace(letter, is_colleague_name=True, is_correspondent=known)
    return Warned(judge(letter, home), is_outside)


def find_home() -> Home:
    """The académie's own names."""
    hosts = of(Ground).host_name.lower(), read_host(portal_address())
    return Home(tuple(list_domains()), of(Ground).academie, hosts)


def _has_written_to(reader: MailAccount, address: str) -> bool:
    sent = find_special_mailbox(reader, SpecialUse.SENT)
    if sent is None or "@" not in address:
        return False
    return bool(finish(search(reader, sent.id, HeaderHas("to", address))))
