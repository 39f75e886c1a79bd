"""Dovecot from Debian's package, with a configuration of its own in a folder of its own, on loopback."""

import grp
import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.client import Server

CONFIGURATION = """
base_dir = {folder}/run
log_path = {folder}/log
protocols = imap lmtp
listen = 127.0.0.1
ssl = required
ssl_cert = <{chain}
ssl_key = <{key}
mail_location = mdbox:{folder}/mail/%n
mail_fsync = always
mail_max_userip_connections = 1000
default_client_limit = 8000
first_valid_uid = 1
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home/%n
}}
namespace inbox {{
  inbox = yes
}}
service anvil {{
  client_limit = 15000
}}
service auth {{
  client_limit = 15000
}}
service imap-login {{
  service_count = 0
  process_min_avail = 2
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {imaps_port}
  }}
}}
service imap {{
  process_limit = 6000
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp_port}
  }}
}}
protocol lmtp {{
  postmaster_address = postmaster@ac-demonstration.test
}}
"""
UNPRIVILEGED = """
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
}}
service stats {{
  chroot =
}}
"""
"""Whoever starts it without being root runs all of it."""
PASSWORD = "bench-only"


@contextmanager
def running(folder: Path, chain: Path, key: Path, user_count: int) -> Iterator[Server]:
    """Starts Dovecot, gives its ports, and stops it. `mail_fsync=always`: durable as our own store is."""
    program = shutil.which("dovecot", path="/usr/sbin:/usr/bin")
    if program is None:
        raise SystemExit("dovecot is missing: apt-get install dovecot-imapd dovecot-lmtpd")
    is_root = os.getuid() == 0
    owner = pwd.getpwnam("mail") if is_root else pwd.getpwuid(os.getuid())
    for name in ("run", "mail", "home"):
        (folder / name).mkdir(parents=True)
    if is_root:
        for path in (folder, folder / "mail", folder / "home"):
            os.chown(path, owner.pw_uid, owner.pw_gid)
    imaps_port, lmtp_port = free_port(), free_port()
    file = folder / "dovecot.conf"
    file.write_text(
        CONFIGURATION.format(
            folder=folder, chain=chain, key=key, uid=owner.pw_uid, gid=owner.pw_gid, imaps_port=imaps_port,
            lmtp_port=lmtp_port, password=PASSWORD,
        )
        + ("" if is_root else UNPRIVILEGED.format(user=owner.pw_name, group=grp.getgrgid(owner.pw_gid).gr_name))
    )  # fmt: skip
    # Its days are those of our own default zone: SEARCH SINCE means the server's days.
    process = subprocess.Popen([program, "-F", "-c", str(file)], env={**os.environ, "TZ": "Europe/Paris"})
    try:
        wait_for(imaps_port)
        wait_for(lmtp_port)
        names = [f"user{number}" for number in range(user_count)]
        yield Server(
            "Dovecot", imaps_port, lmtp_port, [(name, PASSWORD) for name in names],
            [f"{name}@ac-demonstration.test" for name in names], process.pid,
        )  # fmt: skip
    finally:
        process.terminate()
        process.wait(20)


def wait_for(port: int, seconds: float = 30) -> None:
    """Waits until a port answers."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(f"nothing answers on port {port}")


def free_port() -> int:
    """A port that nothing holds just now."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        port: int = bound.getsockname()[1]
        return port
