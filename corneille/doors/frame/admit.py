"""Who would sign in at a mail door is judged beside the door's other work, and guesses beside app passwords."""

from collections.abc import Callable
from typing import TypeVar

from corneille.access.app_password import parse_app_password
from corneille.access.attempt import Attempt
from corneille.doors.frame.bridge import Bridge

Result = TypeVar("Result")


async def admit(bridge: Bridge, judge: Callable[[Attempt], Result], attempt: Attempt) -> Result:
    """Runs `judge`, which blocks. What has an app password's shape costs no hash and waits behind none."""
    run = bridge.run if parse_app_password(attempt.secret) is not None else bridge.run_patient
    return await run(judge, attempt)
