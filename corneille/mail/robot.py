"""A mailbox that a program reads: nobody's login, made when it is missing."""

import logging
from datetime import datetime

from corneille.kernel.refusal import Refusal
from corneille.mail.open_mail_account import create_mail_account, open_mail_account
from corneille.mail.values import MailAccount
from corneille.people.account_type import AccountType
from corneille.people.add import NewPerson, add_person
from corneille.people.address import list_domains, resolve_address
from corneille.people.find import find_standing_of

logger = logging.getLogger(__name__)

QUOTA_BYTES = 2 * 1024**3


def find_robot_address(local_part: str) -> str:
    """Its address in the principal domain; "" where no local part is set."""
    domains = list_domains()
    return f"{local_part}@{domains[0]}" if local_part and domains else ""


def open_robot(local_part: str, name: str, now: datetime) -> MailAccount | None:
    """The mailbox of that address; None: no address is set, or a person has it."""
    address = find_robot_address(local_part)
    if not address:
        return None
    account = resolve_address(address)
    try:
        if account is None:
            account = add_person(NewPerson(AccountType.FUNCTIONAL, "", name, now, local_part=local_part)).id
            create_mail_account(account, quota_bytes=QUOTA_BYTES)
        standing = find_standing_of(account)
        if standing is None or standing.type is not AccountType.FUNCTIONAL:
            logger.warning("the address of a program is a person's", extra={"address": address})
            return None
        return open_mail_account(account)
    except Refusal as refused:
        logger.warning("no mailbox for a program", extra={"address": address, "why": refused.code})
        return None
