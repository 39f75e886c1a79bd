import hashlib
from pathlib import Path

import pytest

from corneille.access.leaked import LeakedRefused, is_leaked, write_leaked
from corneille.kernel import settings
from corneille.run.ground import Ground


def lines(*secrets: str) -> list[str]:
    return sorted(f"{hashlib.sha1(secret.encode()).hexdigest().upper()}:{len(secret)}\n" for secret in secrets)


def use(ground: Ground, file: Path) -> None:
    settings.load(None, {}, ground={"data": str(ground.data)}, passwords={"leaked_file": str(file)})


@pytest.mark.parametrize("count", [1, 2, 3, 100])
def test_each_password_of_a_list_is_found_and_no_other(ground: Ground, tmp_path: Path, count: int) -> None:
    secrets = [f"motdepasse{number}" for number in range(count)]
    assert write_leaked(lines(*secrets), tmp_path / "leaked.bin") == count
    use(ground, tmp_path / "leaked.bin")
    assert all(is_leaked(secret.encode()) for secret in secrets)
    assert not any(is_leaked(f"autre{number}".encode()) for number in range(100))


def test_an_empty_list_finds_nothing(ground: Ground, tmp_path: Path) -> None:
    write_leaked([], tmp_path / "leaked.bin")
    use(ground, tmp_path / "leaked.bin")
    assert not is_leaked(b"motdepasse")


@pytest.mark.parametrize("bad", [["zz\n"], ["00" * 19 + "\n"], list(reversed(lines("a", "b"))), ["\n"]])
def test_a_list_that_is_none_is_refused_with_its_line_and_nothing_is_written(tmp_path: Path, bad: list[str]) -> None:
    with pytest.raises(LeakedRefused) as refused:
        write_leaked(bad, tmp_path / "leaked.bin")
    assert refused.value.data["line"] in {1, 2}
    assert not (tmp_path / "leaked.bin").exists()


def test_a_file_of_something_else_is_refused(ground: Ground, tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(b"not a list at all")
    use(ground, tmp_path / "other")
    with pytest.raises(LeakedRefused):
        is_leaked(b"motdepasse")


def test_the_list_that_is_shipped_knows_the_usual_ones(ground: Ground) -> None:
    assert is_leaked(b"azertyuiop")
    assert not is_leaked(b"cerise-tambour-velours-48")
