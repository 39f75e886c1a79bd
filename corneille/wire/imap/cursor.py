"""A place in a frame, and the grammar's terminals read from there; each raises SyntaxRefused."""

import re
from datetime import date, datetime

from corneille.wire.imap.date import parse_date, parse_date_time
from corneille.wire.imap.mailbox_name import decode_mailbox
from corneille.wire.imap.sequence_set import SAVED, SET, SequenceSet, parse_set
from corneille.wire.imap.splitter import Frame
from corneille.wire.imap.syntax import SyntaxRefused

_ATOM = re.compile(rb'[^\x00-\x20\x7f-\xff(){%*"\\\]]+')
_ASTRING = re.compile(rb'[^\x00-\x20\x7f-\xff(){%*"\\]+')
_LIST_MAILBOX = re.compile(rb'[^\x00-\x20\x7f(){"\\]+')
_TAG = re.compile(rb'[^\x00-\x20\x7f-\xff(){%*"\\+]+')
_QUOTED = re.compile(rb'"([^\r\n\x00"\\]*(?:\\["\\][^\r\n\x00"\\]*)*)"')
_ESCAPE = re.compile(rb"\\(.)")
_NUMBER = re.compile(rb"[0-9]{1,20}")
_FLAG = re.compile(rb'\\?[^\x00-\x20\x7f-\xff(){%*"\\\]]+')
_ITEM = re.compile(rb"[A-Za-z0-9.-]+")
_MARKER = re.compile(rb"(~?)\{[0-9]+\+?\}\Z")
_DATE = re.compile(rb'"?([0-9]{1,2}-[A-Za-z]{3}-[0-9]{4})"?')
MAX_64 = 2**63 - 1


class Cursor:
    """Reads a frame from left to right. `utf8`: names are UTF-8 (rev2 or UTF8=ACCEPT enabled)."""

    __slots__ = ("_at", "_frame", "_piece", "_text", "utf8")

    def __init__(self, frame: Frame, *, utf8: bool) -> None:
        self._frame, self._piece, self._at = frame, 0, 0
        self._text = frame.texts[0]
        self.utf8 = utf8

    def _match(self, pattern: "re.Pattern[bytes]", expected: str) -> bytes:
        found = pattern.match(self._text, self._at)
        if found is None:
            raise SyntaxRefused(f"expected {expected}")
        self._at = found.end()
        return found[0]

    def tag(self) -> str:
        return self._match(_TAG, "a tag").decode()

    def space(self) -> None:
        self.expect(b" ", "a space")

    def expect(self, token: bytes, told: str = "") -> None:
        if not self.take(token):
            raise SyntaxRefused(f"expected {told or token.decode()}")

    def take(self, token: bytes) -> bool:
        """Passes over this very token if it is next."""
        if self._text.startswith(token, self._at):
            self._at += len(token)
            return True
        return False

    def peek(self, token: bytes) -> bool:
        return self._text.startswith(token, self._at)

    def take_word(self, word: bytes) -> bool:
        """Passes over this keyword, in any case, if it is the whole next atom."""
        end = self._at + len(word)
        if self._text[self._at : end].upper() != word or _ITEM.match(self._text, end):
            return False
        self._at = end
        return True

    def item_word(self) -> str:
        """A name of FETCH's grammar, which may stand before a bracket, in upper case."""
        return self._match(_ITEM, "an item").decode().upper()

    def peek_digit(self) -> bool:
        return self._text[self._at : self._at + 1].isdigit()

    def peek_digit_after_dot(self) -> bool:
        return self.peek(b".") and self._text[self._at + 1 : self._at + 2].isdigit()

    def rest(self) -> bytes:
        """All that is left of this text."""
        rest = self._text[self._at :]
        self._at = len(self._text)
        return rest

    def end(self) -> None:
        if not self.is_end:
            raise SyntaxRefused("something is left after the command's end")

    @property
    def is_end(self) -> bool:
        return self._at >= len(self._text) and self._piece + 1 >= len(self._frame.texts)

    def atom(self) -> bytes:
        return self._match(_ATOM, "an atom")

    def word(self) -> str:
        """An atom that is a keyword of the grammar, in upper case."""
        return self.atom().decode().upper()

    def number(self, highest: int = 2**32 - 1) -> int:
        value = int(self._match(_NUMBER, "a number"))
        if value > highest:
            raise SyntaxRefused("the number is too large")
        return value

    def modseq(self) -> int:
        return self.number(MAX_64)

    def literal(self, *, binary: bool = False) -> bytes | None:
        """A literal (or, where `binary`, a literal8) if one is next."""
        found = _MARKER.match(self._text, self._at)
        if found is None or self._piece >= len(self._frame.literals):
            return None
        raw = self._frame.literals[self._piece]
        if found[1] and not binary:
            raise SyntaxRefused("no literal8 here")
        if b"\0" in raw and not found[1] and not binary:
            raise SyntaxRefused("no NUL in a literal")
        self._piece += 1
        self._text, self._at = self._frame.texts[self._piece], 0
        return raw

    def string(self) -> bytes:
        found = _QUOTED.match(self._text, self._at)
        if found is not None:
            self._at = found.end()
            raw = found[1]
            return _ESCAPE.sub(rb"\1", raw) if b"\\" in raw else raw
        literal = self.literal()
        if literal is None:
            raise SyntaxRefused("expected a string")
        return literal

    def astring(self) -> bytes:
        found = _ASTRING.match(self._text, self._at)
        if found is not None:
            self._at = found.end()
            return found[0]
        return self.string()

    def nstring(self) -> bytes | None:
        if self._text[self._at : self._at + 3].upper() == b"NIL":
            self._at += 3
            return None
        return self.string()

    def mailbox(self) -> str:
        return decode_mailbox(self.astring(), utf8=self.utf8)

    def list_mailbox(self) -> bytes:
        found = _LIST_MAILBOX.match(self._text, self._at)
        if found is not None:
            self._at = found.end()
            return found[0]
        return self.string()

    def sequence_set(self) -> SequenceSet:
        if self.take(b"$"):
            return SAVED
        return parse_set(self._match(SET, "a sequence set"))

    def flag(self) -> str:
        """A flag as written; `\\*` and `\\Recent` are not for clients to set."""
        return self._match(_FLAG, "a flag").decode()

    def flag_list(self) -> tuple[str, ...]:
        self.expect(b"(", "a list of flags")
        flags: list[str] = []
        while not self.take(b")"):
            if flags:
                self.space()
            flags.append(self.flag())
        return tuple(flags)

    def date(self) -> date:
        return parse_date(self._match(_DATE, "a date").strip(b'"'))

    def date_time(self) -> datetime:
        found = _QUOTED.match(self._text, self._at)
        if found is None:
            raise SyntaxRefused('expected a date-time: " 1-Feb-2026 13:00:00 +0100"')
        self._at = found.end()
        return parse_date_time(found[1])

    def text(self) -> str:
        """An astring that a person wrote: UTF-8, or what old programs send instead."""
        raw = self.astring()
        try:
            return raw.decode()
        except UnicodeDecodeError:
            return raw.decode("cp1252", "replace")
