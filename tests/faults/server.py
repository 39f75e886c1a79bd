"""The whole service on ports that the system chooses, as `corneille serve` starts it, until it is killed.

It says on stdout where its doors are, and then that they answer.
"""

import json
import sys
from pathlib import Path
from unittest.mock import patch

from corneille.kernel.settings import of
from corneille.run import listen
from corneille.run.ground import prepare

GIVEN: dict[str, dict[str, object]] = {
    "listen": dict.fromkeys(listen.PORTS, 0),
    "probe": {"every_s": 0},
}


def say(**told: object) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def main() -> None:
    data = prepare(Path(sys.argv[1]), **GIVEN)
    from corneille.run import serve, upkeep

    # What the service itself writes to people would lie among the letters that are counted.
    tasks = tuple(task for task in upkeep.TASKS if task.name != "notices")
    sockets = listen.bind(of(listen.Listen))
    ports = {name: listen.port_of(getattr(sockets, name)) for name in ("imap_tls", "imap", "smtp", "lmtp", "submission_tls")}
    with patch.object(serve, "TASKS", tasks):
        serve.serve_on(sockets, data, GIVEN, processes=1, served=serve.Served(ready=lambda: say(ports=ports)))


if __name__ == "__main__":
    main()
