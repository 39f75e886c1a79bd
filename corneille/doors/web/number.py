"""Ids that come back in forms: digits, and few enough for a column of the database."""

from django.http import HttpRequest

from corneille.kernel.refusal import Gone

DIGITS = 18


def parse_number(text: str) -> int | None:
    """The number that the text is; None for what no page of ours wrote."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else None


def id_of(request: HttpRequest) -> int:
    """The field `id` of a form. Raises Gone, as for an id that is nobody's."""
    number = parse_number(request.POST.get("id", ""))
    if number is None:
        raise Gone(field="id")
    return number
