"""Debian's Roundcube on PHP's own server, in a folder of its own, driven over HTTP as its pages do."""

import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

from bench.dovecot import free_port, wait_for
from tests.doors.imap.conversation import Door

SHARE, PUBLIC = Path("/usr/share/roundcube"), Path("/var/lib/roundcube/public_html")
CONFIGURATION = """<?php
$config['db_dsnw'] = 'sqlite:///{folder}/roundcube.db?mode=0600';
$config['imap_host'] = 'ssl://localhost:{port}';
$config['imap_conn_options'] = ['ssl' => ['verify_peer' => true, 'cafile' => '{authority}']];
$config['des_key'] = 'only-for-this-one-test--';
$config['plugins'] = [];
$config['log_dir'] = '{folder}/logs/';
$config['temp_dir'] = '{folder}/temp/';
$config['drafts_mbox'] = 'Drafts';
$config['trash_mbox'] = 'Trash';
"""
_TOKEN = re.compile(r'"request_token":"([^"]+)"')


@contextmanager
def serve_roundcube(folder: Path, door: Door, authority: Path) -> Iterator[str]:
    """Starts it in front of a door; gives its address."""
    program = shutil.which("php")
    assert program is not None, "php is missing: apt-get install php-cli"
    assert PUBLIC.exists(), "Roundcube is missing: apt-get install roundcube-core roundcube-sqlite3"
    for name in ("config", "logs", "temp"):
        (folder / name).mkdir(parents=True)
    for name in ("defaults.inc.php", "mimetypes.php"):
        shutil.copy(Path("/etc/roundcube") / name, folder / "config" / name)
    text = CONFIGURATION.format(folder=folder, port=door.tls_port, authority=authority)
    (folder / "config/config.inc.php").write_text(text)
    with closing(sqlite3.connect(folder / "roundcube.db")) as connection:
        connection.executescript((SHARE / "SQL/sqlite.initial.sql").read_text())
    port = free_port()
    environment = {"PATH": os.environ["PATH"], "ROUNDCUBE_CONFIG_DIR": str(folder / "config")}
    with (folder / "php.log").open("wb") as log:
        process = subprocess.Popen(
            [program, "-S", f"127.0.0.1:{port}", "-t", str(PUBLIC)], env=environment, stdout=log, stderr=log
        )
        try:
            wait_for(port)
            yield f"http://127.0.0.1:{port}/"
        finally:
            process.terminate()
            process.wait(20)


class Pages:
    """A browser's session: cookies, and the token that each change carries."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()))
        self._token = ""
        self.get()

    def get(self, **query: str) -> str:
        return self._read(Request(f"{self._address}?{urlencode(query)}"))

    def post(self, query: dict[str, str], **fields: str) -> str:
        data = urlencode({**fields, "_token": self._token}).encode()
        return self._read(Request(f"{self._address}?{urlencode(query)}", data, {"X-Roundcube-Request": self._token}))

    def sign_in(self, identifier: str, secret: str) -> str:
        return self.post(
            {"_task": "login"}, _task="login", _action="login", _timezone="Europe/Paris", _url="", _user=identifier,
            _pass=secret,
        )  # fmt: skip

    def mail(self, action: str, **fields: str) -> str:
        """What a click in the list does."""
        return self.post({"_task": "mail", "_action": action}, **fields, _remote="1")

    def _read(self, request: Request) -> str:
        with self._opener.open(request, timeout=60) as answer:
            page: str = answer.read().decode()
        found = _TOKEN.search(page)
        self._token = found[1] if found else self._token
        return page
