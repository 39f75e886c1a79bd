"""Takes a local part for something other than a person (a list), so that nobody is ever given it."""

from django.db import transaction

from corneille.kernel.refusal import Refusal
from corneille.people import queries
from corneille.people.address import RESERVED


class LocalTaken(Refusal):
    """Somebody or something has, or had, this local part; data["local"]."""

    code = "local-taken"


def reserve_local(local: str) -> None:
    """Takes it for ever, in every domain. Raises LocalTaken."""
    with transaction.atomic():
        if local in RESERVED or queries.is_local_given(local):
            raise LocalTaken(local=local)
        queries.add_reserved_local(local)
