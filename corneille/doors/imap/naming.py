"""What a reply that tells of a message calls it: FETCH its number or, after ENABLE UIDONLY, UIDFETCH its UID."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Naming:
    """One of the two below.

    head    how the reply begins, with a place for the name
    by_uid  the name is the UID, which is then told again only where it is asked for (RFC 9586 §3.3)
    """

    head: bytes
    by_uid: bool

    def choose(self, number: int, uid: int) -> int:
        """The message's name."""
        return uid if self.by_uid else number

    def begin(self, number: int, uid: int) -> bytes:
        """The beginning of the reply."""
        return self.head % self.choose(number, uid)


NUMBERS = Naming(b"* %d FETCH (", by_uid=False)
UIDS = Naming(b"* %d UIDFETCH (", by_uid=True)
