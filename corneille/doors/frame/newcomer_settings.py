"""What an operator can set about letting newcomers in."""

from dataclasses import dataclass

from corneille.kernel.settings import SettingsRefused, section, setting


@section("newcomers")
@dataclass(frozen=True, slots=True)
class Newcomers:
    """Connections that are not in yet, at every door of one process: whose network is familiar goes first."""

    late_ms: float = setting(
        10.0,
        "Fewer strangers are let in while what is due in a process begins later than this: a reader then feels it.",
    )
    strangers_per_s: float = setting(
        5.0,
        "Connections from networks that nobody signed in from lately that one process lets in each second, however busy "
        "it is: a person who travels must not be shut out by an attack on others.",
    )
    waiting_count: int = setting(
        512,
        "Connections of one standing that may wait at one door of one process; more are refused at once. Each costs a "
        "file descriptor and no TLS.",
    )
    patience_s: float = setting(
        10.0,
        "A connection that has waited so long to be let in is refused: who waits longer than that gives up, or comes again.",
    )

    def check(self) -> None:
        """Raises SettingsRefused where nobody would be let in."""
        if self.late_ms <= 0 or self.strangers_per_s <= 0 or self.patience_s <= 0:
            raise SettingsRefused("[newcomers] late_ms, strangers_per_s and patience_s: above 0")
        if self.waiting_count < 1:
            raise SettingsRefused("[newcomers] waiting_count: 1 or more")
