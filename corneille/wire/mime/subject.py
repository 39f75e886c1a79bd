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
    return split_subject(text)[0]


def split_subject(text: str) -> tuple[str, bool]:
    """The base subject, and whether a mark said that it answers or forwards (a list's name alone says nothing)."""
    text = _SPACE.sub(" ", text[:_MAX_CHARACTERS]).strip()
    is_marked = False
    while True:
        before = text
        while (found := _TRAILER.search(text)) is not None:
            text, is_marked = text[: found.start()].rstrip(), True
        text, is_led = _drop_leaders(text)
        is_marked = is_marked or is_led
        if text.lower().startswith("[fwd:") and text.endswith("]"):
            text, is_marked = text[5:-1].strip(), True
        if text == before:
            return text, is_marked


def _drop_leaders(text: str) -> tuple[str, bool]:
    place, is_marked = 0, False
    while True:
        leader = _LEADER.match(text, place)
        is_marked = is_marked or leader is not None
        found = leader or _LEADING_BLOB.match(text, place)
        if found is None:
            return text[place:].strip(), is_marked
        place = found.end()
        while place < len(text) and text[place] == " ":
            place += 1
