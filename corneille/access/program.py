"""What somebody signs in with, read from a User-Agent, an IMAP ID or an EHLO: a name and a system. Pure.

Names are proper names; pages put the words around them (« Firefox sous Windows »).
"""

from dataclasses import dataclass

PROGRAMS = (
    # The order decides: Edge also says Chrome, Chrome also says Safari, K-9 became Thunderbird.
    ("edg/", "Edge"), ("edga/", "Edge"), ("edgios/", "Edge"), ("opr/", "Opera"),
    ("samsungbrowser", "Samsung Internet"), ("thunderbird", "Thunderbird"), ("k-9 mail", "K-9 Mail"),
    ("k9mail", "K-9 Mail"), ("betterbird", "Betterbird"), ("fairemail", "FairEmail"),
    ("aqua mail", "Aqua Mail"), ("outlook", "Outlook"), ("microsoft office", "Outlook"),
    ("evolution", "Evolution"), ("kmail", "KMail"), ("geary", "Geary"), ("emclient", "eM Client"),
    ("claws", "Claws Mail"), ("apple mail", "Mail"), ("mac os x mail", "Mail"), ("iphone mail", "Mail"),
    ("ipad mail", "Mail"), ("accountsd", "Mail"), ("neomutt", "NeoMutt"), ("mutt", "Mutt"),
    ("mbsync", "mbsync"), ("isync", "mbsync"), ("offlineimap", "OfflineIMAP"), ("imapsync", "imapsync"),
    ("fetchmail", "fetchmail"), ("msmtp", "msmtp"), ("swaks", "swaks"), ("davx5", "DAVx5"),
    ("curl", "curl"), ("roundcube", "Roundcube"), ("firefox", "Firefox"), ("fxios", "Firefox"),
    ("crios", "Chrome"), ("headlesschrome", "Chrome"), ("chrome/", "Chrome"), ("chromium", "Chromium"),
    ("safari/", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("android", "Android"), ("iphone", "iOS"), ("ipad", "iPadOS"), ("ios", "iOS"), ("windows", "Windows"),
    ("cros", "ChromeOS"), ("mac os", "macOS"), ("macintosh", "macOS"), ("darwin", "macOS"),
    ("linux", "Linux"), ("x11", "Linux"),
)  # fmt: skip
READ_LENGTH = 400


@dataclass(frozen=True, slots=True)
class Program:
    """A program and the system under it; each empty when it does not say."""

    name: str
    system: str

    def __str__(self) -> str:
        return " · ".join(part for part in (self.name, self.system) if part)


def describe_program(raw: str) -> Program:
    """Reads what a program says of itself; it is told, never believed."""
    said = raw[:READ_LENGTH].lower()
    return Program(_first(PROGRAMS, said), _first(SYSTEMS, said))


def _first(table: tuple[tuple[str, str], ...], said: str) -> str:
    return next((name for mark, name in table if mark in said), "")
