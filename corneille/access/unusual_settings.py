"""What weighs how much when a sign-in does not look like its owner, and from how much on something is done."""

from dataclasses import dataclass
from datetime import timedelta

from corneille.access.unusual import Scale, Sign
from corneille.kernel.settings import SettingsRefused, of, section, setting


@section("unusual")
@dataclass(frozen=True, slots=True)
class Unusual:
    """Unusual activity: the weight of each sign, and the score from which each step is taken."""

    new_country_weight: int = setting(
        40, "A country in which the account was not used for 90 days. Alone it is a holiday: it is told, on a known device "
        "too.",
    )  # fmt: skip
    travel_weight: int = setting(
        40, "Two sign-ins too far apart for the time between them. With a new country it is most often a theft: it asks."
    )
    first_program_weight: int = setting(
        30, "The first mail program of the last 90 days, from a network never used: how stolen passwords are used most."
    )
    many_clients_weight: int = setting(35, "Many new devices and programs within one day: a password that was sold.")
    wrong_run_weight: int = setting(
        35, "A new device comes in right after wrong passwords from its network: somebody guessed, or the owner mistyped. "
        "Failures alone contain nobody."
    )  # fmt: skip
    old_password_weight: int = setting(
        25, "Several networks where the account was never used try its old password: it is known to others."
    )
    new_hour_weight: int = setting(10, "An hour at which the account was never used: it only adds to other signs.")
    new_device_weight: int = setting(
        5, "A device or program never seen: everybody has one at times and is told of it anyway, so it only adds to other "
        "signs.",
    )  # fmt: skip
    new_network_weight: int = setting(
        4, "A network never used: every train and hotel is one. With a new device and an unusual hour it is still not told; "
        "beside two stronger signs it takes no further step by itself.",
    )  # fmt: skip
    tell_from: int = setting(30, "From this score the owner is told on every channel; nothing is asked or held.")
    ask_from: int = setting(60, "From this score the portal asks for a second proof: it takes two signs at least.")
    hold_from: int = setting(100, "From this score sending is held too, and nothing is lost: it takes three signs.")
    announce_after_h: int = setting(
        72, "Hours of held sending that nobody repairs after which the suspension of reading is announced, notice_h before "
        "it; 0: never."
    )  # fmt: skip
    notice_h: int = setting(
        24, "Hours between the announcement of a suspension and its day, at least, whoever announces it: time to read it, "
        "to answer and to repair. 24 to 336; an officer who cannot wait suspends by name.",
    )  # fmt: skip
    look_again_s: int = setting(
        3600, "A mail program that signs in every few minutes is looked at once in so many seconds: judging each poll would "
        "cost more than the sign-ins. 60 to 86400.",
    )  # fmt: skip
    settled_h: int = setting(
        24, "Hours after which a place or a program counts as known: what a thief did this morning makes nothing usual."
    )
    history_count: int = setting(5, "Sign-ins before which nothing is unusual: to a new account everything is new.")
    history_days_count: int = setting(7, "Days, likewise.")
    hours_history_count: int = setting(30, "Sign-ins before which no hour is unusual.")
    travel_kmh: int = setting(900, "Faster than this nobody travels: an airliner, and trains with it.")
    travel_min_km: int = setting(
        400, "Nearer than this no distance counts: the address of a phone is often located in another town."
    )
    clients_count: int = setting(6, "New devices and programs in a day that are many; a new school year brings four.")
    wrong_count: int = setting(5, "Wrong passwords in an hour, from one network, that are a run.")
    old_networks_count: int = setting(2, "Unknown networks in a day that try the old password; one may be a hotel.")

    def check(self) -> None:
        """Raises SettingsRefused where the values cannot be used."""
        if not 0 < self.tell_from <= self.ask_from <= self.hold_from:
            raise SettingsRefused("[unusual] wants 0 < tell_from <= ask_from <= hold_from")
        if min(self.travel_kmh, self.travel_min_km, self.clients_count, self.wrong_count, self.old_networks_count) < 1:
            raise SettingsRefused("[unusual] travel_kmh, travel_min_km and the counts want 1 or more")
        if not 24 <= self.notice_h <= 336:
            raise SettingsRefused("[unusual] notice_h wants 24 to 336: nobody’s reading is suspended with less notice")
        if not 60 <= self.look_again_s <= 86_400:
            raise SettingsRefused("[unusual] look_again_s wants 60 to 86400")
        if self.announce_after_h < 0:
            raise SettingsRefused("[unusual] announce_after_h wants a number of hours, or 0 for never")


def find_scale() -> Scale:
    """The scale by the settings in force."""
    told = of(Unusual)
    return Scale(
        weights={
            Sign.NEW_COUNTRY: told.new_country_weight,
            Sign.TRAVEL: told.travel_weight,
            Sign.FIRST_PROGRAM: told.first_program_weight,
            Sign.MANY_CLIENTS: told.many_clients_weight,
            Sign.WRONG_RUN: told.wrong_run_weight,
            Sign.OLD_PASSWORD: told.old_password_weight,
            Sign.NEW_HOUR: told.new_hour_weight,
            Sign.NEW_DEVICE: told.new_device_weight,
            Sign.NEW_NETWORK: told.new_network_weight,
        },
        tell_from=told.tell_from,
        ask_from=told.ask_from,
        hold_from=told.hold_from,
        settled_after=timedelta(hours=told.settled_h),
        history_count=told.history_count,
        history=timedelta(days=told.history_days_count),
        hours_history_count=told.hours_history_count,
        travel_kmh=told.travel_kmh,
        travel_min_km=told.travel_min_km,
        clients_count=told.clients_count,
        wrong_count=told.wrong_count,
        old_networks_count=told.old_networks_count,
    )
