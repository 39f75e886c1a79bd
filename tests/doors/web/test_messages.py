"""Everything that a person reads is in French, sure and complete, and written with French typography."""

import re
from pathlib import Path

import polib
import pytest

from tools import messages

CATALOGUES = sorted(messages.list_catalogues())


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.parts[-5])
def test_no_word_is_missing_unsure_untranslated_or_left_over(catalogue: Path) -> None:
    assert messages.list_faults(catalogue) == []


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.parts[-5])
def test_french_typography_is_kept(catalogue: Path) -> None:
    faults = []
    for entry in polib.pofile(str(catalogue)):
        for text in (entry.msgstr, *entry.msgstr_plural.values()):
            words = re.sub(r"%\(\w+\)s|https?://\S+|&\w+;", "", text)
            if re.search(r" [;:!?»]|« |[\w)][;!?]|«[^\u202f]|[^\u202f]»|'|·e|\bOups", words):
                faults.append(text)
    assert faults == []
