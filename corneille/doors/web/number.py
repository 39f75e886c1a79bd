"""Ids that come back in forms: digits, and few enough for a column of the database."""

DIGITS = 18


def parse_number(text: str) -> int | None:
    """The number that the text is; None for what no page of ours wrote."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else None
