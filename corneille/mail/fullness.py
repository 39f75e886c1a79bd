"""How full a mail account is, and when that is worth a word. Pure."""

from corneille.mail.values import Quota

REARMED_BELOW = 5
"""So many points under a step, its warning is armed again: a box that breathes around 80 % is warned once."""


def find_percent(quota: Quota) -> int:
    """What is used, of a hundred; above it, what was there before the quota was lowered."""
    return 100 * quota.used_bytes // quota.limit_bytes if quota.limit_bytes else 100


def choose_step(percent: int, warned: int, steps: tuple[int, ...]) -> int:
    """The step that counts as told from now on: above `warned`, it has just been crossed and is to be told.

    warned  the step told last; 0: none
    """
    reached = max((step for step in steps if step <= percent), default=0)
    if reached >= warned or percent <= warned - REARMED_BELOW:
        return reached
    return warned
