"""The guard's rules in force, as values. Pure; `access/settings` makes them from the settings."""

from dataclasses import dataclass
from datetime import timedelta

MINUTES = tuple(timedelta(minutes=each) for each in (1, 2, 5, 15, 30))


@dataclass(frozen=True, slots=True)
class Policy:
    """What counts, how much, and for how long.

    slow_after            distinct wrong secrets from one place on one account before that pair is slowed
    slow_steps            how long, at that count, at one more, …; the last one stays
    memory                how long a wrong secret counts
    account_after         distinct wrong secrets on one account, from everywhere but its known devices, before a
                          device that is not known must give a second proof with the right password
    codes_after           distinct wrong codes at one account, in the place of a password or as a second proof, from
                          everywhere but its known devices, before they are looked at where it is known alone
    spray_after           distinct accounts with a wrong secret from one network before that network is slowed
    declared_spray_after  the same for an establishment's declared network: a whole school mistypes on Mondays
    spray_memory          how long an account counts against a network
    factor_after          wrong second proofs on one account from one place before the next is slowed there
    factor_steps          how long, like slow_steps
    totp_after            wrong codes of six digits on one account, from everywhere but its known devices, before the next is
                          looked at only when one of them is forgotten; long codes: `codes_after`
    is_main_password_for_mail              whether mail programs may use the main password at all
    is_main_password_for_mail_with_factor  whether they may once a second factor is set
    """

    slow_after: int = 5
    slow_steps: tuple[timedelta, ...] = MINUTES
    memory: timedelta = timedelta(hours=24)
    account_after: int = 25
    codes_after: int = 10_000
    spray_after: int = 20
    declared_spray_after: int = 400
    spray_memory: timedelta = timedelta(hours=1)
    factor_after: int = 5
    factor_steps: tuple[timedelta, ...] = MINUTES
    totp_after: int = 10
    is_main_password_for_mail: bool = True
    is_main_password_for_mail_with_factor: bool = False
