"""Every word of the command line stands in the French catalogue, whole, with its places for data."""

import ast
import re
from pathlib import Path

import polib
import pytest

import corneille
from corneille.doors.cli.words import CATALOGUE, choose_language

ROOT = Path(corneille.__file__).parent
SOURCES = [*(ROOT / "doors/cli").glob("*.py"), ROOT / "run/command.py"]


def collect() -> set[tuple[str, str]]:
    words = set()
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"_", "ngettext"}:
                texts = [each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
                assert texts, f"{source.name}:{node.lineno}: words must stand in the call"
                words.add((texts[0], texts[1] if node.func.id == "ngettext" else ""))
    return words


def test_the_catalogue_has_every_word_and_no_other() -> None:
    written = {(entry.msgid, entry.msgid_plural) for entry in polib.pofile(str(CATALOGUE))}
    assert written == collect()


def test_every_word_is_translated_and_keeps_its_places_for_data() -> None:
    for entry in polib.pofile(str(CATALOGUE)):
        assert entry.translated()
        assert not entry.fuzzy
        for translated in (entry.msgstr_plural or {0: entry.msgstr}).values():
            assert set(re.findall(r"\{\w+\}", translated)) == set(re.findall(r"\{\w+\}", entry.msgid)), entry.msgid


def test_french_typography_is_kept() -> None:
    for entry in polib.pofile(str(CATALOGUE)):
        for translated in (entry.msgstr_plural or {0: entry.msgstr}).values():
            assert not re.search(r" [;!?»]|« |\w'\w| :(\s|$)", translated), translated


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "fr"), ({"LANG": "C.UTF-8"}, "fr"), ({"LANG": "fr_FR.UTF-8"}, "fr"), ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "fr_FR", "LC_ALL": "en_US"}, "en"), ({"LANG": "en", "LANGUAGE": "fr:en"}, "fr"),
    ],
)  # fmt: skip
def test_french_unless_english_is_asked_for(environment: dict[str, str], language: str) -> None:
    assert choose_language(environment) == language
