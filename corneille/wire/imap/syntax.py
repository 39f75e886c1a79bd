"""What a client may be told about a command that cannot be read."""


class SyntaxRefused(ValueError):
    """The command breaks the grammar: BAD. The text says what was expected, and repeats nothing of what was sent."""

    code = ""
    is_bad = True

    def __init__(self, text: str, tag: str | None = None) -> None:
        super().__init__(text)
        self.text = text
        self.tag = tag


class CharsetRefused(SyntaxRefused):
    """SEARCH in a character set that is not ours (RFC 9051 §6.4.4): NO [BADCHARSET]."""

    code = "BADCHARSET (US-ASCII UTF-8)"
    is_bad = False


class NameRefused(SyntaxRefused):
    """A mailbox name that is no modified UTF-7, or no UTF-8: NO [CANNOT]."""

    code = "CANNOT"
    is_bad = False


class CteRefused(SyntaxRefused):
    """An APPEND literal8 that carries what cannot be kept: NO [UNKNOWN-CTE]."""

    code = "UNKNOWN-CTE"
    is_bad = False
