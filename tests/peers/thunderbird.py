"""Debian's Thunderbird on a virtual screen, with a profile of its own, told what to do over Marionette."""

import json
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.dovecot import free_port, wait_for

PATIENCE_S = 90
SCRIPT_MS = 60_000
WAITING = """
    const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
    const { setTimeout } = ChromeUtils.importESModule("resource://gre/modules/Timer.sys.mjs");
    const until = async (find) => {
      for (let turn = 0; turn < 300; turn++) {
        const found = find();
        if (found) return found;
        await new Promise(resolve => setTimeout(resolve, 100));
      }
      throw new Error(`never: ${find}`);
    };
"""
"""How a script that runs within it begins: mail services, and `until`, which waits for something to be there."""
PREFERENCES = {
    "app.update.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "mail.biff.show_alert": False,
    "mail.provider.suppress_dialog_on_startup": True,
    "mailnews.start_page.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.proxy.type": 0,
    "toolkit.telemetry.enabled": False,
}


@contextmanager
def run_screen(folder: Path) -> Iterator[str]:
    """A screen that nobody sees; its name."""
    program = shutil.which("Xvfb")
    assert program is not None, "Xvfb is missing: apt-get install xvfb"
    chosen, told = os.pipe()
    command = [program, "-displayfd", str(told), "-screen", "0", "1280x800x24", "-nolisten", "tcp"]
    with (folder / "screen.log").open("wb") as log, os.fdopen(chosen) as display:
        process = subprocess.Popen(command, pass_fds=[told], stdout=log, stderr=log)
        os.close(told)
        try:
            number = display.readline().strip()
            assert number, "Xvfb chose no display"
            yield f":{number}"
        finally:
            process.terminate()
            process.wait(20)


@contextmanager
def run_thunderbird(folder: Path, more: Mapping[str, object] | None = None) -> Iterator["Marionette"]:
    """Starts it, with `more` preferences; it has no account yet."""
    program = shutil.which("thunderbird")
    assert program is not None, "thunderbird is missing: apt-get install thunderbird"
    port = free_port()
    (folder / "profile").mkdir(parents=True)
    lines = [
        f"user_pref({json.dumps(name)}, {json.dumps(value)});\n"
        for name, value in {**PREFERENCES, **(more or {}), "marionette.port": port}.items()
    ]
    (folder / "profile/user.js").write_text("".join(lines))
    command = [
        program, "--marionette", "--remote-allow-system-access", "--no-remote",
        "--profile", str(folder / "profile"),
    ]  # fmt: skip
    environment = {"HOME": str(folder), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    with run_screen(folder) as display, (folder / "thunderbird.log").open("wb") as log:
        process = subprocess.Popen(command, env={**environment, "DISPLAY": display}, stdout=log, stderr=log)
        try:
            wait_for(port, PATIENCE_S)
            with socket.create_connection(("127.0.0.1", port), PATIENCE_S) as connection:
                yield Marionette(connection)
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


class Marionette:
    """The remote protocol of Mozilla's programs: `length:[type, number, command, parameters]`."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._file = connection.makefile("rb")
        self._count = 0
        self._read()  # its greeting
        self._ask("WebDriver:NewSession", capabilities={"alwaysMatch": {}})
        self._ask("Marionette:SetContext", value="chrome")
        self._ask("WebDriver:SetTimeouts", script=SCRIPT_MS)

    def run(self, script: str, *arguments: object) -> Any:
        """Runs the body of an async function with the program's own rights; gives what it returns."""
        wrapped = (
            "const done = arguments[arguments.length - 1];"
            f"(async (...given) => {{ {script} }})(...arguments)"
            ".then(value => done({value}), error => done({error: `${error}`}));"
        )
        told = self._ask(
            "WebDriver:ExecuteAsyncScript", script=wrapped, args=arguments, sandbox="system", newSandbox=True
        )["value"]
        assert "error" not in told, told
        return told["value"]

    def _ask(self, command: str, **parameters: object) -> Any:
        self._count += 1
        sent = json.dumps([0, self._count, command, parameters]).encode()
        self._connection.sendall(b"%d:%b" % (len(sent), sent))
        _, _, error, value = self._read()
        assert error is None, error
        return value

    def _read(self) -> Any:
        length = b""
        while (octet := self._file.read(1)) != b":":
            assert octet, "Thunderbird has closed the connection"
            length += octet
        return json.loads(self._file.read(int(length)))
