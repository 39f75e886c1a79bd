"""Where a refusal is explained: the address that every door gives with it, and that a program shows its person."""

from corneille.desk.cause import Cause
from corneille.kernel.settings import portal_address


def address_of_reference(reference: str) -> str:
    """The page of one refused sign-in, which tells its owner the exact cause."""
    return f"{portal_address()}/depannage/{reference}"


def address_of_cause(cause: Cause) -> str:
    """The page of a cause, where no sign-in was refused: what is said there is the same for everybody."""
    return f"{portal_address()}/depannage/cause/{cause.value}"
