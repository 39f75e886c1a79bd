from pathlib import Path

import pytest

from corneille.kernel.keys import Keys, keyed_hash
from corneille.kernel.settings import SettingsRefused


def test_a_key_made_once_is_found_by_the_next_process(tmp_path: Path) -> None:
    made = Keys(tmp_path / "keys.json").newest("device")
    assert Keys(tmp_path / "keys.json").newest("device") == made


def test_only_the_owner_can_read_the_file(tmp_path: Path) -> None:
    Keys(tmp_path / "keys.json").newest("device")
    assert (tmp_path / "keys.json").stat().st_mode & 0o777 == 0o600


def test_a_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    Keys(tmp_path / "keys.json").newest("device")
    (tmp_path / "keys.json").chmod(0o640)
    with pytest.raises(SettingsRefused, match="make it 600"):
        Keys(tmp_path / "keys.json")


def test_after_a_rotation_the_older_key_is_still_known(tmp_path: Path) -> None:
    keys = Keys(tmp_path / "keys.json")
    older = keys.newest("device")
    newer = keys.rotate("device")
    assert keys.all("device") == [newer, older]
    assert newer.secret != older.secret


def test_fields_cannot_run_into_one_another() -> None:
    assert keyed_hash(b"k", b"ab", b"c") != keyed_hash(b"k", b"a", b"bc")


def test_two_purposes_never_share_a_key(tmp_path: Path) -> None:
    keys = Keys(tmp_path / "keys.json")
    assert keys.newest("device").secret != keys.newest("numen").secret


def test_two_processes_that_open_an_empty_file_agree_on_a_key(tmp_path: Path) -> None:
    one, other = Keys(tmp_path / "keys.json"), Keys(tmp_path / "keys.json")
    assert one.newest("device") == other.newest("device")


def test_a_rotation_in_one_process_loses_nothing_of_the_other(tmp_path: Path) -> None:
    one, other = Keys(tmp_path / "keys.json"), Keys(tmp_path / "keys.json")
    one.newest("device")
    numen = other.newest("numen")
    one.rotate("device")
    assert Keys(tmp_path / "keys.json").newest("numen") == numen
