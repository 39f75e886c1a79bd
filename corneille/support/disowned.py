"""A letter that unlocks was ended by the link in the account's own mailbox: support looks into it, and heads of school hear.

Nobody can tell from here whether the owner did it or who reads their mail: who has seen the person can. Support is above the
school, whose head made the letter.
"""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from corneille.access.disowned_letter import list_disowned
from corneille.kernel import outbox
from corneille.kernel.ids import AccountId
from corneille.people.decide import Duty, Level
from corneille.people.find import find_name
from corneille.people.scope import list_over
from corneille.support.models import RequestStep, SupportRequest
from corneille.support.open_request import LETTER, NewRequest, add_request, list_places
from corneille.support.route import Matter
from corneille.support.tell import tell_person

LOOKED_BACK = timedelta(days=1)
"""Whose letter was ended within it is looked at; the task runs far more often."""


def open_for_disowned(now: datetime) -> int:
    """Gives how many requests were opened."""
    return sum(_open_for(account, at, now) for account, at in list_disowned(now - LOOKED_BACK))


def _open_for(account: AccountId, disowned_at: datetime, now: datetime) -> bool:
    key = f"{LETTER}/{account}/{disowned_at.isoformat()}"
    if SupportRequest.objects.filter(key=key).exists():
        return False
    try:
        with transaction.atomic():
            row = add_request(account, NewRequest(Matter.SIGN_IN, ""), "", now, origin=LETTER, key=key)
            tell_person("request-for-letter", row, RequestStep.objects.get(request=row), now)
            heads = {
                head
                for uai, _name in list_places(account, now)
                for head in list_over(Duty.DIRECT, uai, now.date()).get(Level.ESTABLISHMENT, [])
            }
            told: dict[str, outbox.Told] = {"name": find_name(account), "at": disowned_at.isoformat()}
            code = "unlock-letter-disowned"
            outbox.add_notices(sorted(heads - {account}), code, told, now, key=f"{code}/{key}")
    except IntegrityError:  # another process has just opened it
        return False
    return True
