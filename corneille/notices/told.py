"""What a notice says: its subject, its text and the page where one can act; `words` fills them in."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Told:
    """Of one code; names in %( )s are the values that the notice holds.

    is_for_not_me      what a thief would do: it carries the link « it was not me »
    is_for_home_alone  a matter of the mailbox or of the desk: told there and in the portal, not at the recovery contacts
    """

    subject: Promise
    text: Promise
    path: str
    is_for_not_me: bool = False
    is_for_home_alone: bool = False
