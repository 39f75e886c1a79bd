"""A letter that unlocks was ended by a link « it was not me »: support looks into it, and heads of school hear.

Where the link came into the account's own mailbox nobody can tell from here whether the owner did it or who reads their
mail: who has seen the person can. Where it went to a settled recovery contact the owner did: somebody has passed for them.
Support is above the school, whose head made the letter.
"""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from corneille.access.disowned_letter import Disowned, list_disowned
from corneille.kernel import outbox
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
    return sum(_open_for(each, now) for each in list_disowned(now - LOOKED_BACK))


def _open_for(disowned: Disowned, now: datetime) -> bool:
    account = disowned.account
    key = f"{LETTER}/{account}/{disowned.at.isoformat()}"
    if SupportRequest.objects.filter(key=key).exists():
        return False
    try:
        with transaction.atomic():
            row = add_request(account, NewRequest(Matter.SIGN_IN, ""), "", now, origin=LETTER, key=key)
            told_code = "request-for-letter-denied" if disowned.is_by_contact else "request-for-letter"
            tell_person(told_code, row, RequestStep.objects.get(request=row), now)
            heads = {
                head
                for uai, _name in list_places(account, now)
                for head in list_over(Duty.DIRECT, uai, now.date()).get(Level.ESTABLISHMENT, [])
            }
            told: dict[str, outbox.Told] = {"name": find_name(account), "at": disowned.at.isoformat()}
            code = "unlock-letter-denied" if disowned.is_by_contact else "unlock-letter-disowned"
            outbox.add_notices(sorted(heads - {account}), code, told, now, key=f"{code}/{key}")
    except IntegrityError:  # another process has just opened it
        return False
    return True
