"""A process of its own that proves what it is told to, one line of JSON each, over a data directory that others have open.

`python -m tests.access.prover DATA SLOT`; says `ready`, then for each line what came of it.
"""

import json
import sys
from datetime import datetime
from pathlib import Path

from corneille.run.ground import open_ground


def prove(told: dict[str, str]) -> str:
    """Tries one password, or one second proof of a ticket: "granted", "factor", or why it is refused."""
    from corneille.access.attempt import Attempt
    from corneille.access.decide import Granted, NeedsFactor, Refused
    from corneille.access.second_step import prove_second
    from corneille.access.sign_in import sign_in

    now = datetime.fromisoformat(told["now"])
    attempt = Attempt("web", told.get("identifier", ""), told["secret"], told["address"], None, "Firefox", now)
    outcome = prove_second(told["ticket"], told["kind"], attempt) if "ticket" in told else sign_in(attempt)
    assert outcome is not None
    match outcome.decision:
        case Granted():
            return "granted"
        case NeedsFactor():
            return "factor"
        case Refused(reason=reason):
            return str(reason.value)


def main() -> None:
    ground = open_ground(Path(sys.argv[1]), slot=int(sys.argv[2]))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        sys.stdout.write(prove(json.loads(line)) + "\n")
        sys.stdout.flush()
    ground.close()


if __name__ == "__main__":
    main()
