"""The base subject, by which threads and SORT compare messages (RFC 5256 §2.1)."""

import re

# RFC 5256's own words (re, fw, fwd), and those of French, German, Nordic and Italian mailers, whose answers would
# otherwise leave their conversation. Departs from RFC 5256 §2.1: it knows English only.
_BLOB = r"\[[^\[\]]*\]"
_LEADER = re.compile(
    rf"(?:{_BLOB}\s*)*(?:re|fwd?|réf|réponse|rép|tr|aw|wg|sv|vs|rif|rv|enc)\s*(?:{_BLOB}|\(\d{{1,3}}\)|\^\d{{1,3}})?\s*:",
    re.IGNORECASE,
)
_LEADING_BLOB = re.compile(rf"{_BLOB}\s*(?=\S)")
_TRAILER = re.compile(r"\(fwd\)\s*$", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_MAX_CHARACTERS = 2000


def base_subject(text: str) -> str:
    """A decoded subject without its answer and forward marks ("RE :", "TR:", "Re[2]:", "[liste]", "(fwd)", "[Fwd: …]")."""
    text = _SPACE.sub(" ", text[:_MAX_CHARACTERS]).strip()
    while True:
        before = text
        while (found := _TRAILER.search(text)) is not None:
            text = text[: found.start()].rstrip()
        text = _drop_leaders(text)
        if text.lower().startswith("[fwd:") and text.endswith("]"):
            text = text[5:-1].strip()
        if text == before:
            return text


def _drop_leaders(text: str) -> str:
    place = 0
    while True:
        found = _LEADER.match(text, place) or _LEADING_BLOB.match(text, place)
        if found is None:
            return text[place:].strip()
        place = found.end()
        while place < len(text) and text[place] == " ":
            place += 1
