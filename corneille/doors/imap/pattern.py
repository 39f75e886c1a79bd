"""LIST's patterns (RFC 9051 §6.3.9): `*` is anything, `%` anything but a separator. No regular expression: a client
writes these, and a backtracking one would take as long as the client pleases."""

import re

_WILD = re.compile(r"[*%]+")


class Pattern:
    """One pattern, joined to its reference; INBOX matches in any case."""

    __slots__ = ("_tokens",)

    def __init__(self, text: str) -> None:
        if text[:5].upper() == "INBOX" and text[5:6] in {"", "/", "*", "%"}:
            text = "INBOX" + text[5:]
        # A run of wildcards is one: `*` if there is one in it.
        self._tokens = _WILD.sub(lambda run: "*" if "*" in run[0] else "%", text)

    def matches(self, name: str) -> bool:
        """True when the whole name matches; at most len(name) × len(pattern) steps."""
        tokens = self._tokens
        if tokens == "*":
            return True
        if tokens == "%":
            return "/" not in name
        reached = {0}
        for character in name:
            reached = self._step(self._skip(reached), character)
            if not reached:
                return False
        return len(tokens) in self._skip(reached)

    def _skip(self, reached: set[int]) -> set[int]:
        """Adds the places after a wildcard that stands for nothing."""
        return reached | {at + 1 for at in reached if at < len(self._tokens) and self._tokens[at] in "*%"}

    def _step(self, reached: set[int], character: str) -> set[int]:
        tokens = self._tokens
        after: set[int] = set()
        for at in reached:
            if at >= len(tokens):
                continue
            if tokens[at] == "*" or (tokens[at] == "%" and character != "/"):
                after.add(at)
            elif tokens[at] == character:
                after.add(at + 1)
        return after
