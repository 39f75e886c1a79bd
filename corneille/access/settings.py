"""The settings of access, and the policy that they make."""

import ipaddress
from dataclasses import dataclass
from datetime import timedelta

from corneille.access.policy import Policy
from corneille.kernel.settings import SettingsRefused, of, section, setting

LEAST_HOME_DAYS_COUNT = 7
"""As long as a recovery contact takes to be its owner's (`access/recovery_contact`)."""


@section("access")
@dataclass(frozen=True, slots=True)
class Access:
    """How people prove who they are."""

    slow_after_count: int = setting(
        5, "Distinct wrong passwords from one network on one account before that network is slowed on it."
    )
    slow_steps_s: tuple[str, ...] = setting(
        ("60", "120", "300", "900", "1800"),
        "How long that lasts, in seconds, at each further wrong password.",
    )
    wrong_memory_h: int = setting(
        24, "Hours for which a wrong password counts, and is kept as a digest: at most 24, so that who mistypes for days is "
        "not taken for an attacker.",
    )  # fmt: skip
    account_after_count: int = setting(
        25,
        "Distinct wrong passwords on one account in wrong_memory_h, from all networks together, before a device that is not "
        "known must give a second proof with the right password. Known devices, passkeys and app passwords never.",
    )
    codes_after_count: int = setting(
        10_000,
        "Distinct wrong codes of eight characters on one account in wrong_memory_h, from all networks together, before they "
        "are looked at from known devices and known or declared networks alone: fifteen may be open, so that who guesses "
        "so many in a day has one chance in seven million.",
    )
    asks_after_count: int = setting(
        60, "Codes for a new password that may be asked for from one network within spray_memory_s, whoever is meant; known "
        "devices always may. One account is sent five a day at most from networks that are not its own.",
    )  # fmt: skip
    declared_asks_after_count: int = setting(400, "The same for a declared network.")
    spray_after_count: int = setting(
        20, "Accounts with a wrong password from one network within spray_memory_s before that network is slowed."
    )
    spray_memory_s: int = setting(
        3600,
        "For so many seconds an account counts against a network, and refusals and calls without a sign-in are remembered "
        "of it: an attacker soon wins nothing by waiting, and a school’s Monday is over by noon. 60 to wrong_memory_h.",
    )
    declared_spray_after_count: int = setting(
        400, "The same for a declared network: a whole school signs in behind one address."
    )
    factor_after_count: int = setting(
        5, "Wrong second proofs on one account from one place, a network or a known device, before the next waits there."
    )
    factor_steps_s: tuple[str, ...] = setting(
        ("60", "120", "300", "900", "1800"),
        "How long that lasts, in seconds, at each further wrong second proof.",
    )
    totp_after_count: int = setting(
        10,
        "Wrong codes of six digits on one account in wrong_memory_h, from all networks together, before the next waits "
        "until one of them is forgotten; known devices, security keys and long codes do not. Twelve codes are right now or "
        "told to be so soon (a clock ahead): who has the password and guesses has one chance in eight thousand a day.",
    )
    place_known_days_count: int = setting(
        30,
        "While an account is attacked, a mail program with the main password goes on where one was let in during so many "
        "days; longer lets more places pass without a second proof. 1 to 90.",
    )
    former_known_days_count: int = setting(
        30,
        "For so many days a replaced password is recognised where a device still has it: it counts for nothing and its "
        "owner is told. Its digest is kept so long, not longer. 1 to 90.",
    )
    suspect_after_count: int = setting(
        3, "Refusals from a network that nobody has signed in from before its connections wait behind those of others: who "
        "mistypes once or twice does not.",
    )  # fmt: skip
    suspect_after_calls_count: int = setting(
        1, "Connections to mail doors without a sign-in before the same: who travels signs in on the first, an attacker who "
        "is kept waiting comes again.",
    )  # fmt: skip
    estranged_after_count: int = setting(
        20, "Refusals in a row after which a network where people sign in waits like any other: somebody guesses there, or "
        "came in once with a stolen password to have a better place.",
    )  # fmt: skip
    main_password_for_mail_with_factor: bool = setting(
        False, "Whether mail programs may still use the main password once a second factor is set."
    )
    main_password_for_mail: bool = setting(
        True, "Whether mail programs may use the main password; app passwords always work."
    )
    declared_networks: tuple[str, ...] = setting(
        (), "Networks of the establishments (CIDR): served before strangers when many sign in at once."
    )
    hash_slots_count: int = setting(2, "Passwords checked at one instant, at most: 19 MiB and one core each.")
    stranger_wait_s: float = setting(2.0, "A try from nowhere known that would wait longer is answered « busy ».")
    strangers_waiting_count: int = setting(
        24, "How many tries from nowhere known wait for their check, at most: each holds one of the door’s 64 threads."
    )
    known_wait_s: float = setting(10.0, "The same for known devices and declared networks.")
    argon2_memory_kib: int = setting(19456, "Memory of one password check, in KiB (Argon2id).")
    argon2_passes_count: int = setting(2, "Passes of one password check (Argon2id).")
    password_cache_s: float = setting(60.0, "How long a mail program's right main password is not hashed again.")
    home_days_count: int = setting(
        30,
        "Days after which a known device is its owner's beyond doubt: a recovery contact removed on it stays removed "
        "after a takeover. Its owner was told of it on every channel when it came, and has that long to say that it is "
        "a thief's, who would otherwise remove a contact for good.",
    )

    def check(self) -> None:
        """Raises SettingsRefused where the values contradict one another."""
        for network in self.declared_networks:
            try:
                ipaddress.ip_network(network, strict=False)
            except ValueError as error:
                raise SettingsRefused(f"[access] declared_networks: {network!r} is not a network: {error}") from error
        for name in ("slow_steps_s", "factor_steps_s"):
            steps = getattr(self, name)
            if not steps or not all(step.isascii() and step.isdigit() for step in steps):
                raise SettingsRefused(f"[access] {name}: wants whole numbers of seconds, one at least")
        for name, least, most in (
            ("wrong_memory_h", 1, 24), ("spray_memory_s", 60, 3600 * self.wrong_memory_h),
            ("place_known_days_count", 1, 90), ("former_known_days_count", 1, 90),
        ):  # fmt: skip
            if not least <= getattr(self, name) <= most:
                raise SettingsRefused(f"[access] {name} wants {least} to {most}")
        counts = ("slow_after_count", "account_after_count", "codes_after_count",
                  "asks_after_count", "declared_asks_after_count", "spray_after_count", "declared_spray_after_count",
                  "factor_after_count", "totp_after_count",
                  "hash_slots_count", "suspect_after_count", "suspect_after_calls_count",
                  "estranged_after_count")  # fmt: skip
        for name in counts:
            if getattr(self, name) < 1:
                raise SettingsRefused(f"[access] {name} wants 1 or more")
        if self.home_days_count < LEAST_HOME_DAYS_COUNT:
            raise SettingsRefused(f"[access] home_days_count wants {LEAST_HOME_DAYS_COUNT} or more")
        if self.declared_spray_after_count < self.spray_after_count:
            raise SettingsRefused("[access] declared_spray_after_count wants spray_after_count or more")
        if self.argon2_memory_kib < 8 or self.argon2_passes_count < 1:
            raise SettingsRefused("[access] argon2_memory_kib wants 8 or more, argon2_passes_count 1 or more")


def current_policy() -> Policy:
    """The policy in force, as `decide` wants it."""
    settings = of(Access)
    return Policy(
        slow_after=settings.slow_after_count,
        slow_steps=tuple(timedelta(seconds=int(step)) for step in settings.slow_steps_s),
        memory=timedelta(hours=settings.wrong_memory_h),
        account_after=settings.account_after_count,
        codes_after=settings.codes_after_count,
        spray_after=settings.spray_after_count,
        declared_spray_after=settings.declared_spray_after_count,
        spray_memory=timedelta(seconds=settings.spray_memory_s),
        totp_after=settings.totp_after_count,
        factor_after=settings.factor_after_count,
        factor_steps=tuple(timedelta(seconds=int(step)) for step in settings.factor_steps_s),
        is_main_password_for_mail_with_factor=settings.main_password_for_mail_with_factor,
        is_main_password_for_mail=settings.main_password_for_mail,
    )


def find_former_known_for() -> timedelta:
    """How long a replaced password is recognised where a device still has it."""
    return timedelta(days=of(Access).former_known_days_count)
