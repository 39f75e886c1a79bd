"""A mailbox that a program reads: nobody's login, made when it is missing."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar

from django.db import OperationalError

from corneille.kernel.ids import MailboxId, Uid
from corneille.kernel.metrics import TASK_FAULTS
from corneille.kernel.refusal import Refusal
from corneille.mail.mailbox import find_special_mailbox
from corneille.mail.move import move
from corneille.mail.open_mail_account import create_mail_account, open_mail_account
from corneille.mail.remove import remove
from corneille.mail.values import MailAccount, Row, SpecialUse, Summary
from corneille.people.account_type import AccountType
from corneille.people.add import NewPerson, add_person
from corneille.people.address import list_domains, resolve_address
from corneille.people.find import find_standing_of

Waiting = TypeVar("Waiting", Row, Summary)
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


def settle_each(
    mail: MailAccount, inbox: MailboxId, waiting: Iterable[Waiting], settle: Callable[[Waiting], bool], task: str
) -> int:
    """Settles what waits in the inbox, one after the other, whatever one of them brings about; gives how many are settled.

    A message that ends in a fault is set aside in Junk, and the operator is told (log, and the task's count of faults).

    settle  says False of what stays until a later turn
    """
    count = 0
    for each in waiting:
        try:
            count += settle(each)
        except Exception as fault:  # a worker's loop: those behind it do not wait for it
            logger.exception("a message to a program", extra={"task": task, "uid": each.uid})
            TASK_FAULTS.labels(task).inc()
            if not isinstance(fault, OperationalError | OSError):  # those are no fault of the message: it is tried again
                _set_aside(mail, inbox, each.uid)
                count += 1
    return count


def _set_aside(mail: MailAccount, inbox: MailboxId, uid: Uid) -> None:
    junk = find_special_mailbox(mail, SpecialUse.JUNK)
    if junk is None:
        remove(mail, inbox, [uid], for_good=True).result()
    else:
        move(mail, inbox, [uid], junk.id).result()
