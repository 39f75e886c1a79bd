"""The certificates of the doors, as an operator names them."""

from dataclasses import dataclass

from corneille.kernel.settings import SettingsRefused, section, setting


@section("tls")
@dataclass(frozen=True, slots=True)
class Tls:
    """The certificates shown at every door."""

    certificate: str = setting("", "The chain, PEM, the server's own first. Empty: one is made in the data directory.")
    key: str = setting("", "Its private key, PEM, readable by its owner only.")
    more: tuple[str, ...] = setting(
        (),
        "More certificates, each CHAIN=KEY: whoever asks for a name that one holds is shown that one, everybody else the "
        "first. All are read again when their files change.",
    )

    def check(self) -> None:
        if bool(self.certificate) != bool(self.key):
            raise SettingsRefused("[tls] certificate and key go together: give both, or neither")
        for each in self.more:
            if not all(each.rpartition("=")[::2]):
                raise SettingsRefused(f"[tls] more: {each!r}: wants CHAIN=KEY, two paths")
