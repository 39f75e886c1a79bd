"""Plain text as HTML: quotation levels, links, a folded quotation, a signature apart; format=flowed (RFC
3676) undone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import groupby

from corneille.wire.html.fold import find_quotation

TEXT_CHARS = 1024 * 1024
"""Longer texts are cut here for display; the message itself can be downloaded."""

QUOTE_LEVELS = 12

_LINK = re.compile(
    r"(?P<url>\bhttps?://[^\s<>\"«»“”]{1,2000})"
    r"|(?P<www>\bwww\.[a-zA-Z0-9-]{1,63}\.[^\s<>\"«»“”]{1,2000})"
    r"|(?P<mail>(?<![\w.+@-])[\w.+-]{1,64}@[a-zA-Z0-9][a-zA-Z0-9-]{0,62}"
    r"(?:\.[a-zA-Z0-9-]{1,63}){1,6}(?![\w@]))"
)
_PREFIX = re.compile(r"(?:>[ \t]?)+")


@dataclass(frozen=True, slots=True)
class _Line:
    level: int
    text: str


def text_to_html(
    text: str, *, is_flowed: bool = False, delete_space: bool = False, fold_label: str = ""
) -> str:
    """A fragment of HTML, line ends kept as newlines (show it with `white-space: pre-wrap`); never raises.

    is_flowed, delete_space  the part's format=flowed and delsp=yes (RFC 3676 §4)
    fold_label               the button over the quotation that ends the text; empty: nothing is folded
    """
    text = text[:TEXT_CHARS].replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\x00", "\N{REPLACEMENT CHARACTER}")
    text = "".join(each if not "\ud800" <= each <= "\udfff" else "\N{REPLACEMENT CHARACTER}" for each in text)
    lines = text.rstrip("\n").split("\n")
    start = find_quotation(lines) if fold_label else None
    if start is None:
        return _format(lines, is_flowed=is_flowed, delete_space=delete_space)
    above = _format(lines[:start], is_flowed=is_flowed, delete_space=delete_space).rstrip("\n")
    below = _format(lines[start:], is_flowed=is_flowed, delete_space=delete_space)
    return f"{above}<details><summary>{escape(fold_label)}</summary>{below}</details>"


def link_text(text: str) -> str:
    """Escaped text with its addresses made into links that open apart."""
    parts, start = [], 0
    for found in _LINK.finditer(text):
        shown = found.group()
        if found.lastgroup != "mail":
            shown = _trim(shown)
        href = {"url": shown, "www": f"https://{shown}", "mail": f"mailto:{shown}"}[found.lastgroup or "url"]
        parts.append(escape(text[start : found.start()]))
        target = "" if found.lastgroup == "mail" else ' target="_blank" rel="noopener noreferrer nofollow"'
        parts.append(f'<a href="{escape(href)}"{target}>{escape(shown)}</a>')
        start = found.start() + len(shown)
    parts.append(escape(text[start:]))
    return "".join(parts)


def _trim(url: str) -> str:
    """Punctuation that ends the sentence, not the address; a bracket that was opened before it."""
    while url and (url[-1] in ".,;:!?'’…" or _is_unopened(url)):
        url = url[:-1]
    return url


def _is_unopened(url: str) -> bool:
    opening = {")": "(", "]": "["}.get(url[-1])
    return opening is not None and url.count(opening) < url.count(url[-1])


def _format(lines: list[str], *, is_flowed: bool, delete_space: bool) -> str:
    read = list(_unflow(lines, delete_space=delete_space)) if is_flowed else [_read_line(line) for line in
    lines]
    parts: list[str] = []
    for level, group in groupby(read, key=lambda line: line.level):
        words = "\n".join(line.text for line in group)
        if level == 0:
            parts.append(_with_signature(words))
        else:
            deep = min(level, QUOTE_LEVELS)
            parts.append("<blockquote>" * deep + link_text(words) + "</blockquote>" * deep)
    return "".join(_join(parts))


def _join(parts: list[str]) -> Iterator[str]:
    """A block quotation breaks the line by itself; between two plain runs nothing stands."""
    for number, part in enumerate(parts):
        yield part.strip("\n") if not part.startswith("<blockquote>") and number else part.rstrip("\n")


def _with_signature(words: str) -> str:
    before, mark, signature = ("\n" + words).rpartition("\n-- \n")
    if not mark or signature.count("\n") > 15:
        return link_text(words)
    return f'{link_text(before[1:])}<div class="signature">-- \n{link_text(signature)}</div>'


def _read_line(line: str) -> _Line:
    found = _PREFIX.match(line)
    if found is None:
        return _Line(0, line)
    return _Line(found.group().count(">"), line[found.end() :])


def _unflow(lines: list[str], *, delete_space: bool) -> Iterator[_Line]:
    """RFC 3676 §4.1: a line that ends in a space goes on in the next one of the same quotation depth."""
    level = 0
    words: list[str] = []
    for line in lines:
        depth = len(line) - len(line.lstrip(">"))
        text = line[depth:].removeprefix(" ")
        if words and depth != level:
            yield _Line(level, "".join(words))
            words = []
        level = depth
        is_soft = text.endswith(" ") and text != "-- "
        words.append(text[:-1] if is_soft and delete_space else text)
        if not is_soft:
            yield _Line(level, "".join(words))
            words = []
    if words:
        yield _Line(level, "".join(words))
