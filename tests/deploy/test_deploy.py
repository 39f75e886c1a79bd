"""What is shipped for systemd and containers, checked as far as that goes without either."""

import configparser
import re
import shlex
from pathlib import Path

import yaml

from corneille.doors.cli.main import make_parser
from corneille.run.listen import PORTS

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"


def _options_of(arguments: list[str]) -> str:
    """The data directory that our own parser reads from a command line."""
    known, _ = make_parser([]).parse_known_args([each for each in arguments if each != "serve"])
    return str(known.data)


def test_the_unit_starts_a_command_that_our_parser_understands_without_privileges() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[method-assign,assignment]  # systemd's names have capitals
    unit.read(DEPLOY / "corneille.service")
    service = unit["Service"]
    _, *arguments = shlex.split(service["ExecStart"])
    assert arguments[:2] == ["-m", "corneille.run"]
    assert _options_of(arguments[2:]) == "/var/lib/" + service["StateDirectory"]
    assert service["User"] != "root"
    assert service["CapabilityBoundingSet"] == service["AmbientCapabilities"] == "CAP_NET_BIND_SERVICE"


def test_the_image_copies_what_exists_and_does_not_run_as_root() -> None:
    lines = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    copied = re.findall(r"^COPY (\S+)", lines, re.M)
    assert copied
    assert [source for source in copied if not (ROOT / source).exists()] == []
    assert re.findall(r"^USER (\S+)", lines, re.M) == ["corneille"]


def test_the_image_and_the_composition_open_every_door_but_lmtp() -> None:
    expected = sorted(port for name, port in PORTS.items() if name != "lmtp_port")
    exposed = re.search(r"^EXPOSE (.+)$", (DEPLOY / "Dockerfile").read_text(encoding="utf-8"), re.M)
    assert exposed is not None
    assert sorted(int(port) for port in exposed.group(1).split()) == expected
    composed = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))["services"]["corneille"]
    assert sorted(int(pair.split(":")[1]) for pair in composed["ports"]) == expected
    assert (DEPLOY / composed["build"]["context"] / composed["build"]["dockerfile"]).exists()
