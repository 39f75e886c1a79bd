"""The certificate of the doors, as an operator names it."""

from dataclasses import dataclass

from corneille.kernel.settings import SettingsRefused, section, setting


@section("tls")
@dataclass(frozen=True, slots=True)
class Tls:
    """The certificate shown at every door."""

    certificate: str = setting("", "The chain, PEM, the server's own first. Empty: one is made in the data directory.")
    key: str = setting("", "Its private key, PEM, readable by its owner only.")

    def check(self) -> None:
        if bool(self.certificate) != bool(self.key):
            raise SettingsRefused("[tls] certificate and key go together: give both, or neither")
