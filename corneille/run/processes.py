"""Several processes that serve together: parted from one, and ended together."""

import contextlib
import logging
import os
import signal
import sys
from collections.abc import Callable

from corneille.doors.cli.outcome import FAULT

logger = logging.getLogger(__name__)


def fork(work: Callable[[], int]) -> int:
    """Runs the work in a process of its own, which ends with the code that it gives; gives its number."""
    child = os.fork()
    if child:
        return child
    code = FAULT
    try:
        code = work()
    except Exception:  # the child's last words: nothing above it in this process would say them
        logger.exception("process")
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def attend(children: list[int]) -> int:
    """Waits for the processes; when one ends, or a signal comes, ends them all, so that a supervisor starts anew."""

    told: set[int] = set()  # a second signal would end a process at once, before what it writes is finished

    def stop(_number: int = 0, _frame: object = None) -> None:
        for child in children:
            if child not in told:
                told.add(child)
                with contextlib.suppress(ProcessLookupError):
                    os.kill(child, signal.SIGTERM)

    def pass_on(number: int, _frame: object) -> None:
        for child in children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, number)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGHUP, pass_on)
    worst = 0
    while children:
        child, status = os.wait()
        children.remove(child)
        worst = max(worst, os.waitstatus_to_exitcode(status), key=abs)
        stop()
    return worst
