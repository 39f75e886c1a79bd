"""Where a page of a list begins: after (or before) one message, which need not be there any more."""

from dataclasses import dataclass

from corneille.mail.values import Summary


@dataclass(frozen=True, slots=True)
class Cursor:
    """`edge` is (received_at in seconds, message id); `position` the place of the first line after it."""

    edge: tuple[int, int] | None = None
    position: int = 0
    is_back: bool = False


def format_cursor(summary: Summary, position: int, *, is_back: bool) -> str:
    """The cursor after (or before) a line, as text for an address."""
    return f"{'b' if is_back else 'n'}{int(summary.received_at.timestamp())}.{summary.id}.{position}"


def parse_cursor(text: str | None) -> Cursor:
    """The cursor again; the beginning for anything that is not one."""
    if not text or text[0] not in "bn" or len(text) > 64:
        return Cursor()
    try:
        received_s, message, position = (int(part) for part in text[1:].split("."))
    except ValueError:
        return Cursor()
    if max(abs(received_s), abs(message), abs(position)) >= 2**63:
        return Cursor()
    return Cursor((received_s, message), max(position, 0), is_back=text[0] == "b")
