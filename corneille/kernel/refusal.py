"""An expected "cannot": a stable code and data, no sentence. Each door turns the code into its own reply."""

from typing import ClassVar


class Refusal(Exception):
    """Says that an operation cannot be done as asked, and that nothing of it was done.

    code       stable, in kebab case; doors and the documentation name it
    temporary  true when the same request may succeed later (SMTP 4xx, IMAP NO without blame)
    data       what a door may want to tell, never a secret
    """

    code: ClassVar[str] = "refused"
    temporary: ClassVar[bool] = False

    def __init__(self, **data: object) -> None:
        super().__init__(self.code)
        self.data = data

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value!r}" for name, value in self.data.items())
        return f"{self.code} ({told})" if told else self.code


class Gone(Refusal):
    """What was asked for is not there, or is not the asker's: the two read alike."""

    code = "gone"


class Busy(Refusal):
    """The machine has no room for this now; the same request may be made again."""

    code = "busy"
    temporary = True


class DiskFull(Refusal):
    """Writing stops before the disk is full, so that refusals can still be recorded."""

    code = "disk-full"
    temporary = True
