"""The JavaScript of others that is committed here is exactly what its lock names."""

from pathlib import Path

import pytest

from tools import vendor


def test_every_vendored_file_is_what_its_lock_says() -> None:
    assert vendor.list_faults() == []


@pytest.mark.parametrize("wanted", vendor.WANTED, ids=lambda wanted: wanted.name)
def test_no_vendored_file_asks_the_browser_for_a_map(wanted: vendor.Wanted) -> None:
    content = (vendor.ROOT / wanted.folder / wanted.name).read_text(encoding="utf-8")
    assert "sourceMappingURL=" not in content


def test_a_changed_file_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in {each.folder for each in (*vendor.WANTED, *vendor.BUNDLES)}:
        (tmp_path / folder).mkdir(parents=True)
        for each in (vendor.ROOT / folder).iterdir():
            (tmp_path / folder / each.name).write_bytes(each.read_bytes())
    monkeypatch.setattr(vendor, "ROOT", tmp_path)
    first = vendor.WANTED[0]
    with (tmp_path / first.folder / first.name).open("ab") as opened:
        opened.write(b"//")
    assert len(vendor.list_faults()) == 1
