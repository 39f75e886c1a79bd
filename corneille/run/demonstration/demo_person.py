"""Somebody of the demonstration, as `./run` prints them."""

from dataclasses import dataclass, field

from corneille.kernel.ids import AccountId


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody of the demonstration as `./run` prints them.

    type, state  codes (`enseignant`, `active`)
    addresses    the principal one first
    numen, password and app_password are empty where there is none
    case         what is particular about somebody's access: see `cases`; empty for nearly everybody
    activation_code  of whose account waits for activation; birth_on: what goes with the code of a letter
    totp_seed    of their authenticator application, so that whoever tries the demonstration can make its codes
    """

    account: AccountId
    name: str
    given_name: str
    family_name: str
    type: str
    state: str
    identifier: str
    addresses: tuple[str, ...]
    numen: str = field(repr=False)
    password: str = field(repr=False)
    app_password: str = field(repr=False)
    establishment: str
    case: str = ""
    totp_seed: str = field(default="", repr=False)
    activation_code: str = field(default="", repr=False)
    birth_on: str = field(default="", repr=False)

    def as_json(self) -> dict[str, str]:
        """As the one line of `--json` has them."""
        return {
            "name": self.name,
            "type": self.type,
            "state": self.state,
            "identifier": self.identifier,
            "address": self.addresses[0],
            "numen": self.numen,
            "password": self.password,
            "app_password": self.app_password,
            "case": self.case,
            "totp_seed": self.totp_seed,
            "activation_code": self.activation_code,
            "birth_on": self.birth_on,
        }
