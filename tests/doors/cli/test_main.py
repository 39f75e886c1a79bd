"""The command line as an administrator meets it: help that teaches, clear refusals, stated exit codes, a whole life."""

import contextlib
import io
import re
import shutil
from pathlib import Path

import pytest

from corneille.doors.cli.outcome import BAD_ARGUMENTS, DONE, DONE_PARTLY, FAULT, INTERRUPTED, REFUSED
from corneille.kernel.ids import Uid
from corneille.mail.flag import FlagChange, flag
from corneille.mail.mailbox import find_mailbox
from corneille.mail.move import expunge
from corneille.mail.open_mail_account import open_mail_account
from corneille.people.find import find_account
from corneille.run.command import main
from corneille.run.ground import open_ground

COMMANDS = ("demo", "init", "serve", "people", "import", "verify", "backup", "restore", "rebuild", "compact", "settings")
MBOX = b"".join(
    b"From a@b.example Tue Nov 17 08:15:00 2026\nFrom: a@b.example\nSubject: Message %d\n\nTexte.\n\n" % number
    for number in range(30)
)


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "en")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory made by the command itself; once, since the whole schema takes seconds."""
    data = tmp_path_factory.mktemp("made") / "données"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdin", io.StringIO("tilleul-marine-57-volet\n"))
        assert main(["--data", str(data), "init", "ac-exemple.test", "--administrator", "Nadia", "Benali"]) == DONE
    return data


@pytest.fixture
def data(made: Path, tmp_path: Path) -> Path:
    """A data directory of the test's own, as the command makes them."""
    return shutil.copytree(made, tmp_path / "données")


def run(*words: object) -> int:
    try:
        return main([str(word) for word in words])
    except SystemExit as ended:  # argparse's way out
        return int(ended.code or 0)


def test_help_names_every_command_with_examples_and_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--help") == DONE
    told = capsys.readouterr().out
    assert all(re.search(rf"^    {command}\b", told, re.MULTILINE) for command in COMMANDS)
    assert "corneille demo" in told
    assert "130  interrupted" in told


@pytest.mark.parametrize("command", [each for each in COMMANDS if each not in {"people", "rebuild", "serve"}])
def test_each_command_s_help_shows_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(command, "--help") == DONE
    told = capsys.readouterr().out
    assert re.search(rf"^example.*\n.*corneille .*{command}", told, re.MULTILINE)
    assert max(map(len, told.splitlines())) < 125


def test_help_is_french_unless_english_is_asked_for(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    run("--help")
    assert "codes de sortie" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        (), ("frobnicate",), ("import",), ("import", "old.mbox"), ("demo", "--port-base", "many"),
        ("serve", "--processes", "0"), ("settings", "--example", "--markdown"), ("init", "ac.test"),
        ("--datum", "x", "verify"),
    ],
)  # fmt: skip
def test_a_wrong_command_line_ends_with_two_and_says_what_is_wrong(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*words) == BAD_ARGUMENTS
    told = capsys.readouterr()
    assert "corneille" in told.out + told.err
    assert "Traceback" not in told.err


@pytest.mark.parametrize(
    "command", [("verify",), ("import", "x.mbox", "--to", "a"), ("people", "list"), ("serve",), ("rebuild",)]
)
def test_no_data_directory_is_said_in_one_sentence(
    command: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--data", tmp_path / "nulle-part", *command) == REFUSED
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "is not a data directory" in told
    assert not (tmp_path / "nulle-part").exists()


def test_the_data_directory_may_be_named_before_or_after_the_command(data: Path) -> None:
    assert run("--data", data, "verify") == DONE
    assert run("verify", "--data", data) == DONE


def test_init_makes_nothing_where_something_is(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos/a.jpg").touch()
    for folder, why in ((data, "is a data directory already"), (tmp_path / "photos", "is not empty")):
        assert run("--data", folder, "init", "ac-exemple.test", "--administrator", "A", "B") == REFUSED
        assert why in capsys.readouterr().err
    assert [each.name for each in (tmp_path / "photos").iterdir()] == ["a.jpg"]


def test_the_keys_of_a_new_installation_are_for_its_owner_alone(data: Path) -> None:
    assert (data / "keys.json").stat().st_mode & 0o077 == 0
    assert data.stat().st_mode & 0o077 == 0


def test_the_first_person_reads_postmaster(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.eml").write_bytes(b"Subject: x\r\n\r\nx\r\n")
    assert run("--data", data, "people", "list") == DONE
    assert "nbenali" in capsys.readouterr().out


def test_an_import_is_told_and_the_second_time_nothing_is_new(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "old.mbox").write_bytes(MBOX)
    assert run("--data", data, "import", tmp_path / "old.mbox", "--to", "nbenali") == DONE
    assert capsys.readouterr().out == "30 messages imported\n"
    assert run("--data", data, "import", tmp_path / "old.mbox", "--to", "nadia.benali@ac-exemple.test") == DONE
    assert capsys.readouterr().out == "0 messages imported, 30 already there\n"


def test_what_an_import_passes_over_is_named_and_ends_with_one(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail/vide.eml").touch()
    (tmp_path / "mail/a.eml").write_bytes(b"Subject: x\r\n\r\nx\r\n")
    assert run("--data", data, "import", tmp_path / "mail", "--to", "nbenali") == DONE_PARTLY
    told = capsys.readouterr()
    assert told.out == "1 message imported, 1 passed over\n"
    assert "passed over: vide.eml: empty" in told.err


@pytest.mark.parametrize(
    ("source", "to", "why"),
    [
        ("absent.mbox", "nbenali", "does not exist"),
        ("photo.jpg", "nbenali", "neither an mbox"),
        ("a.eml", "nobody", "Nobody has"),
    ],
)
def test_an_import_that_cannot_be_is_refused_in_one_sentence(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], source: str, to: str, why: str
) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8")
    (tmp_path / "a.eml").write_bytes(b"Subject: x\r\n\r\nx\r\n")
    assert run("--data", data, "import", tmp_path / source, "--to", to) == REFUSED
    told = capsys.readouterr().err
    assert why in told
    assert "Traceback" not in told


def test_ctrl_c_says_that_the_same_command_goes_on(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "old.mbox").write_bytes(MBOX)
    with monkeypatch.context() as patched:
        patched.setattr("corneille.doors.cli.progress.ProgressBar.show", _interrupt)
        assert run("--data", data, "import", tmp_path / "old.mbox", "--to", "nbenali") == INTERRUPTED
    assert "goes on" in capsys.readouterr().err
    assert run("--data", data, "import", tmp_path / "old.mbox", "--to", "nbenali") == DONE
    assert capsys.readouterr().out == "0 messages imported, 30 already there\n"


def _interrupt(*_given: object) -> None:
    raise KeyboardInterrupt


def test_a_fault_has_a_number_and_its_stack(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_given: object, **_named: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("corneille.doors.cli.progress.ProgressBar.show", fail)
    assert run("--data", data, "verify") == FAULT
    [number] = re.findall(r"incident ([0-9a-f]{8})", capsys.readouterr().err)
    assert f"incident {number}" in caplog.text
    assert "ZeroDivisionError" in caplog.text


def test_a_backup_comes_back_elsewhere_and_is_sound(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "old.mbox").write_bytes(MBOX)
    run("--data", data, "import", tmp_path / "old.mbox", "--to", "nbenali")
    assert run("--data", data, "backup", tmp_path / "copie") == DONE
    shutil.rmtree(data)
    assert run("--data", tmp_path / "ailleurs", "restore", tmp_path / "copie") == DONE
    capsys.readouterr()
    assert run("--data", tmp_path / "ailleurs", "verify") == DONE
    assert capsys.readouterr().out == "Sound: 30 messages read\n"
    assert run("--data", tmp_path / "ailleurs", "import", tmp_path / "old.mbox", "--to", "nbenali") == DONE
    assert "30 already there" in capsys.readouterr().out


def test_backups_overwrite_nothing_and_unfinished_ones_are_not_taken(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "plein").mkdir()
    (tmp_path / "plein/a").touch()
    assert run("--data", data, "backup", tmp_path / "plein") == REFUSED
    assert "is not empty" in capsys.readouterr().err
    assert run("--data", tmp_path / "neuf", "restore", tmp_path / "plein") == REFUSED
    assert "backup.json" in capsys.readouterr().err
    assert run("--data", data, "backup", tmp_path / "copie") == DONE
    assert run("--data", data, "restore", tmp_path / "copie") == REFUSED
    assert "nothing is ever overwritten" in capsys.readouterr().err


def test_an_altered_message_is_found_and_ends_with_one(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "old.mbox").write_bytes(MBOX)
    run("--data", data, "import", tmp_path / "old.mbox", "--to", "nbenali")
    [segment] = [each for each in (data / "mail").rglob("*") if each.is_file() and b"Message 7\r\n" in each.read_bytes()]
    segment.write_bytes(segment.read_bytes().replace(b"Message 7\r\n", b"Message 8\r\n", 1))
    capsys.readouterr()
    assert run("--data", data, "verify") == DONE_PARTLY
    assert "content-damaged" in capsys.readouterr().out


@pytest.mark.parametrize(("left", "words"), [(None, "is not there"), (b"\xee" * 8192, "is corrupt")])
@pytest.mark.parametrize("command", ["verify", "compact"])
def test_a_lost_index_is_told_with_the_command_that_mends_it_and_loses_nothing(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], left: bytes | None, words: str, command: str
) -> None:
    (tmp_path / "old.mbox").write_bytes(MBOX)
    run("--data", data, "import", tmp_path / "old.mbox", "--to", "nbenali")
    index = data / "mail/0/index.sqlite3"
    index.unlink()
    if left is not None:
        index.write_bytes(left)
    capsys.readouterr()
    assert run("--data", data, command, *(["--repair"] if command == "verify" else [])) == REFUSED
    told = capsys.readouterr().err
    assert words in told
    assert "`corneille rebuild`" in told
    assert "Traceback" not in told
    assert run("--data", data, "rebuild") == DONE
    assert capsys.readouterr().out == "30 messages found\n"


def test_a_lost_index_is_made_again_from_the_segments(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "old.mbox").write_bytes(MBOX)
    run("--data", data, "import", tmp_path / "old.mbox", "--to", "nbenali")
    for index in (data / "mail").rglob("index.sqlite3*"):
        index.unlink()
    capsys.readouterr()
    assert run("--data", data, "rebuild") == DONE
    assert capsys.readouterr().out == "30 messages found\n"
    assert run("--data", data, "verify") == DONE


def test_deleted_mail_is_erased_on_demand(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "old.mbox").write_bytes(MBOX)
    run("--data", data, "import", tmp_path / "old.mbox", "--to", "nbenali")
    with contextlib.closing(open_ground(data)):
        person = find_account("nbenali")
        assert person is not None
        account = open_mail_account(person.id)
        inbox = find_mailbox(account, "INBOX")
        assert inbox is not None
        flag(account, inbox.id, [Uid(8)], FlagChange.ADD, frozenset({"\\Deleted"})).result(10)
        assert expunge(account, inbox.id).result(10) == (8,)
    capsys.readouterr()
    assert run("--data", data, "compact") == DONE
    assert "0 segment" in capsys.readouterr().out
    assert run("--data", data, "compact", "--erase") == DONE
    assert "1 segment" in capsys.readouterr().out
    assert [each for each in (data / "mail").rglob("*") if each.is_file() and b"Message 7\r\n" in each.read_bytes()] == []
