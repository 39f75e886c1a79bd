import argparse
import io
from datetime import UTC, datetime

import pytest

from corneille.access.attempt import Attempt
from corneille.access.decide import Granted
from corneille.access.sign_in import sign_in
from corneille.doors.cli import people
from corneille.doors.cli.outcome import DONE, CommandRefused
from corneille.kernel import settings
from corneille.kernel.journal import list_lines
from corneille.mail.changes import get_quota
from corneille.mail.open_mail_account import open_mail_account
from corneille.people.add import add_domain
from corneille.people.find import find_account
from corneille.run.ground import Ground

NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
PASSWORD = "cerise-tambour-velours-48"


@pytest.fixture(autouse=True)
def domain(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    add_domain("ac-demonstration.test", principal=True, now=NOW)


def command(*words: str, typed: str = "") -> int:
    parser = argparse.ArgumentParser()
    people.add_parser(parser.add_subparsers())
    arguments = parser.parse_args(["people", *words])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdin", io.StringIO(typed))
        outcome: int = arguments.handle(arguments)
    return outcome


def enters(secret: str, door: str) -> bool:
    attempt = Attempt(door, "zlefevre", secret, "127.0.0.1", None, "", datetime.now(UTC))
    return isinstance(sign_in(attempt).decision, Granted)


def test_somebody_added_with_a_password_signs_in_and_has_mail(capsys: pytest.CaptureFixture[str]) -> None:
    assert command("add", "enseignant", "Zoé", "Lefèvre", "--numen", typed="17E0501234ABC\n") == DONE
    assert capsys.readouterr().out == "zlefevre\tzoe.lefevre@ac-demonstration.test\n"
    person = find_account("17E0501234ABC")
    assert person is not None
    assert open_mail_account(person.id).id
    assert command("set-password", "zlefevre", typed=f"{PASSWORD}\n") == DONE
    assert PASSWORD not in capsys.readouterr().out
    assert enters(PASSWORD, "web")


def test_an_app_password_is_printed_alone_so_that_a_script_can_read_it(capsys: pytest.CaptureFixture[str]) -> None:
    command("add", "enseignant", "Zoé", "Lefèvre")
    capsys.readouterr()
    assert command("app-password", "zoe.lefevre@ac-demonstration.test", "my phone", "--scope", "imap") == DONE
    secret = capsys.readouterr().out.strip()
    assert enters(secret, "imap")
    assert not enters(secret, "submission")


def test_everybody_is_listed_one_per_line(capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        command("add", "aed", "Marie", "Dupont")
    capsys.readouterr()
    command("list")
    assert [line.split("\t")[:3] for line in capsys.readouterr().out.splitlines()] == [
        ["mdupont", "aed", "active"],
        ["mdupont1", "aed", "active"],
    ]


@pytest.mark.parametrize(
    ("words", "typed", "told"),
    [
        (("set-password", "nobody"), "x\n", "Nobody has"),
        (("set-password", "zlefevre"), "short\n", "Too short"),
        (("set-password", "zlefevre"), "", "Too short"),
        (("add", "enseignant", "Zoé", ""), "", "family-name"),
        (("add", "enseignant", "Zoé", "Lefèvre", "--numen"), "not one\n", "numen"),
        (("add", "enseignant", "Zoé", "Lefèvre", "--uai", "0760095S"), "", "0760095S"),
        (("app-password", "zlefevre", " "), "", "label"),
    ],
)
def test_what_cannot_be_done_is_one_clear_sentence(words: tuple[str, ...], typed: str, told: str) -> None:
    command("add", "enseignant", "Zoé", "Lefèvre")
    with pytest.raises(CommandRefused, match=told):
        command(*words, typed=typed)


def test_a_quota_is_changed_and_effective_at_once() -> None:
    command("add", "enseignant", "Zoé", "Lefèvre")
    person = find_account("zlefevre")
    assert person is not None
    mail = open_mail_account(person.id)
    assert command("set-quota", "zlefevre", "0.5") == DONE
    assert get_quota(mail).limit_bytes == 512 * 1024**2
    for wrong in ("0", "-1", "1025", "nan"):
        with pytest.raises(CommandRefused):
            command("set-quota", "zlefevre", "--", wrong)
    assert get_quota(mail).limit_bytes == 512 * 1024**2


def test_a_change_of_the_settings_reaches_those_that_follow_them(
    ground: Ground, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("Zoé", "Anne"):
        command("add", "direction", name, "Lefèvre")
    command("add", "enseignant", "Luc", "Roy")
    command("set-quota", "alefevre", "1")
    held = {who: open_mail_account(find_account(who).id) for who in ("zlefevre", "alefevre", "lroy")}  # type: ignore[union-attr]
    capsys.readouterr()
    settings.load(None, {}, mail={"quotas_gib": ("direction=10",)})
    assert command("apply-quotas", "--dry-run") == DONE
    assert capsys.readouterr().out == f"direction\t1\t{5 * 1024**3}\t{10 * 1024**3}\n"
    assert get_quota(held["zlefevre"]).limit_bytes == 5 * 1024**3
    assert command("apply-quotas") == DONE
    assert {who: get_quota(mail).limit_bytes // 1024**3 for who, mail in held.items()} == {
        "zlefevre": 10, "alefevre": 1, "lroy": 5,
    }  # fmt: skip
    capsys.readouterr()
    assert command("apply-quotas") == DONE
    told = capsys.readouterr()
    assert told.out == ""
    assert "has the quota that they say" in told.err


def test_a_state_is_set_with_who_decided_and_why() -> None:
    command("add", "enseignant", "Zoé", "Lefèvre")
    person = find_account("zlefevre")
    assert person is not None
    assert command("set-state", "zlefevre", "moved", "--by", "Nadia Roy", "--reason", "mutation") == DONE
    moved = find_account("zlefevre")
    assert moved is not None
    assert moved.state == "moved"
    line = list_lines(person.id, 1)[0]
    assert (line.action, line.data["name"], line.data["reason"]) == ("state-decided", "Nadia Roy", "mutation")


@pytest.mark.parametrize(("given", "told"), [("prof=6", "'prof' is none of enseignant"), ("direction=x", "wants TYPE=GIB")])
def test_a_quota_of_no_type_says_which_types_there_are(ground: Ground, given: str, told: str) -> None:
    with pytest.raises(settings.SettingsRefused, match=told):
        settings.load(None, {}, mail={"quotas_gib": (given,)})
