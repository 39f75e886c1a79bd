import socket
import subprocess
import sys
import threading
from pathlib import Path

from corneille.kernel.wake import Wake

SENDER = """
import sys
from pathlib import Path
from corneille.kernel.wake import Wake
wake = Wake(Path(sys.argv[1]))
wake.send(sys.argv[2])
wake.close()
"""


def test_a_subscriber_is_called_until_it_stops(tmp_path: Path) -> None:
    wake, calls = Wake(tmp_path), []
    stop = wake.subscribe("mail/1", lambda: calls.append(1))
    wake.send("mail/1")
    wake.send("mail/2")
    stop()
    wake.send("mail/1")
    wake.close()
    assert calls == [1]


def test_a_wake_up_reaches_another_process(tmp_path: Path) -> None:
    wake, heard = Wake(tmp_path), threading.Event()
    wake.subscribe("mail/1", heard.set)
    subprocess.run([sys.executable, "-c", SENDER, str(tmp_path), "mail/1"], check=True)
    assert heard.wait(10)
    wake.close()


def test_the_socket_of_a_dead_process_is_swept_away(tmp_path: Path) -> None:
    dead = Wake(tmp_path)
    path = next(tmp_path.glob("*.sock"))
    dead.close()
    left = tmp_path / "99999999.sock"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as bound:
        bound.bind(str(left))
    wake = Wake(tmp_path)
    wake.send("mail/1")
    wake.close()
    assert not left.exists()
    assert not path.exists()
