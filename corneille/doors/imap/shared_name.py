"""The namespace of shared mail: « Partagé/ » and what stands below it."""

from corneille.mail.names import is_within, normalise_name

SHARED = "Partagé"
"""In French for everybody: a name that changed with its reader's language would be another mailbox to programs."""


def is_shared_name(name: str) -> bool:
    """Whether a name stands in the shared namespace."""
    return is_within(normalise_name(name), SHARED)
