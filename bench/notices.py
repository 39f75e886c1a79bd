"""Reading mail, quiet and then beside services that post 2,000 notices a minute to 5,000 people: `python -m bench.notices`.

Each notice is a new one, for one person, over TLS on connections that are kept, as services do; its message goes into that
person's mailbox. Each load runs in a process of its own, and all share the machine with the server: the figures are a floor.
"""

import argparse
import asyncio
import json
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

from bench import ours
from bench.attack import READERS, Tries, at_rate, measure, read_mail, tell
from bench.client import Server, deliver, trusting
from bench.corpus import make_messages

PEOPLE = 5000
POSTS_PER_MINUTE = 2000
CONNECTIONS = 8
MESSAGES_EACH = 40
MAILED_WITHIN_S = 300
Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def post_notices(server: Server, seconds: float, *, credential: str) -> Tries:
    """New notices at that rate, whatever becomes of those before."""
    chance, lines = random.Random(5), asyncio.Queue[Line]()
    for _ in range(CONNECTIONS):
        lines.put_nowait(await asyncio.open_connection("127.0.0.1", server.web_port, ssl=trusting()))

    async def one(number: int) -> tuple[str, float]:
        words = {"fr": f"Dossier {number} à signer", "en": f"File {number} to sign"}
        person = chance.choice(server.users)[0]
        body = json.dumps({"key": f"bench/{number}", "person": person, "title": words, "text": words})
        start = time.perf_counter()
        line = await lines.get()
        status = await _post(line, credential, body.encode())
        lines.put_nowait(line)
        return status, (time.perf_counter() - start) * 1000

    return await at_rate(one, POSTS_PER_MINUTE / 60, seconds)


async def _post(line: Line, credential: str, body: bytes) -> str:
    reader, writer = line
    writer.write(
        b"POST /api/v1/notices HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %b\r\n"
        b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (credential.encode(), len(body), body)
    )
    head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
    await reader.readexactly(int(head.partition("content-length:")[2].split()[0]))
    return head.split()[1]


def add_service(data: Path) -> str:
    """Registers the service that posts; its credential."""
    words = ["services", "add", "bench", "Bench", "https://bench.example/", "--by", "bench"]
    made = subprocess.run(
        [sys.executable, "-m", "corneille.run", "--data", str(data), *words], check=True, capture_output=True, text=True
    )
    return made.stdout.split()[-1]


def wait_until_mailed(data: Path) -> float:
    """How many seconds the messages of what was posted still take."""
    start = time.monotonic()
    waiting = "SELECT count(*) FROM notices_card WHERE mailed_revision = 0"
    with closing(sqlite3.connect(f"file:{data / 'corneille.sqlite3'}?mode=ro", uri=True)) as connection:
        while connection.execute(waiting).fetchone()[0]:
            if time.monotonic() > start + MAILED_WITHIN_S:
                raise TimeoutError("messages of notices still wait")
            time.sleep(0.1)
    return time.monotonic() - start


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.notices", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="length of each part (60)")
    parser.add_argument("--people", type=int, default=PEOPLE, help="how many (%(default)s)")
    parser.add_argument("--processes", type=int, default=1, help="processes of our server (1)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        data = Path(folder) / "ours"
        with ours.running(data, options.people, options.processes) as server:
            post = partial(post_notices, credential=add_service(data))
            readers = replace(server, addresses=server.addresses[:READERS])
            asyncio.run(deliver(readers, make_messages(MESSAGES_EACH * READERS), READERS))
            ours.wait_until_indexed(data)
            told = {"quiet": measure(server, options.seconds, {"read": read_mail})}
            told["beside the notices"] = measure(server, options.seconds, {"read": read_mail, "post": post})
            later_s = wait_until_mailed(data)
    tell(told, options.seconds)
    posted = [said for said, _ms in told["beside the notices"]["post"]]
    sys.stdout.write(
        f"\naccepted: {posted.count('201') * 60 / options.seconds:.0f} a minute; the last message was in its mailbox "
        f"{later_s:.1f} s after the last post\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
