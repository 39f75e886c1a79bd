"""The third block of one account within seven days opens a request by itself, once: nobody has to ask first.

What a block is stands in `access/block.list_blocks`.
"""

from datetime import datetime, timedelta

from django.db import IntegrityError

from corneille.access.block import list_blocked_lately, list_blocks
from corneille.kernel.ids import AccountId
from corneille.support.decide import OPEN
from corneille.support.models import RequestStep, SupportRequest
from corneille.support.open_request import BLOCKS, NewRequest, add_request
from corneille.support.route import Matter
from corneille.support.tell import tell_person

WITHIN = timedelta(days=7)
BLOCKS_COUNT = 3
LOOKED_BACK = timedelta(days=1)
"""Who was blocked within it is looked at; the task runs far more often."""


def open_for_blocked(now: datetime) -> int:
    """Gives how many requests were opened."""
    return sum(_open_for(account, now) for account in list_blocked_lately(now - LOOKED_BACK))


def _open_for(account: AccountId, now: datetime) -> bool:
    own = SupportRequest.objects.filter(account=account, origin=BLOCKS)
    if own.filter(opened_at__gt=now - WITHIN).exists() or own.filter(state__in=OPEN).exists():
        return False
    blocks = list_blocks(account, now - WITHIN)
    if len(blocks) < BLOCKS_COUNT:
        return False
    key = f"{BLOCKS}/{account}/{blocks[BLOCKS_COUNT - 1].isoformat()}"
    try:
        row = add_request(account, NewRequest(Matter.SIGN_IN, ""), "", now, origin=BLOCKS, key=key)
    except IntegrityError:  # another process has just opened it
        return False
    tell_person("request-by-itself", row, RequestStep.objects.get(request=row), now)
    return True
