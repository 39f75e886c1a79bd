"""Host names that are made to be taken for others. Pure.

What is compared is the skeleton of a name: what is left when letters that look alike are written as one (after the idea
of Unicode UTS #39 §4, for the few letters that a Latin name can be forged from).
"""

import re
from collections.abc import Sequence

from corneille.people.name import fold
from corneille.wire.html.host import normalise_host

SISTERS = frozenset(
    f"ac-{name}.fr"
    for name in [
        "aix-marseille", "amiens", "besancon", "bordeaux", "caen", "clermont", "corse", "creteil", "dijon", "grenoble",
        "guadeloupe", "guyane", "lille", "limoges", "lyon", "martinique", "mayotte", "montpellier", "nancy-metz",
        "nantes", "nice", "normandie", "noumea", "orleans-tours", "paris", "poitiers", "polynesie", "reims", "rennes",
        "reunion", "rouen", "spm", "strasbourg", "toulouse", "versailles", "wf",
    ]
)
"""The domains of all académies: each resembles another, none imitates it."""
_SHARED = frozenset([
    "co.uk", "org.uk", "ac.uk", "gouv.fr", "asso.fr", "com.fr", "nom.fr", "tm.fr", "com.au", "co.nz", "com.br",
])  # fmt: skip
"""Endings under which names are given to anybody, of two labels: the few that our people's mail shows."""
_SAME = str.maketrans({
    "а": "a", "ɑ": "a", "α": "a", "е": "e", "є": "e", "ε": "e", "о": "o", "ο": "o", "σ": "o", "р": "p", "ρ": "p",
    "с": "c", "ϲ": "c", "х": "x", "χ": "x", "у": "y", "γ": "y", "і": "l", "ї": "l", "ι": "l", "ı": "l", "ӏ": "l", "ј": "j",
    "ѕ": "s", "ԁ": "d", "ԛ": "q", "ԝ": "w", "ѡ": "w", "һ": "h", "к": "k", "κ": "k", "м": "m", "н": "h", "т": "t", "τ": "t",
    "в": "b", "п": "n", "η": "n", "υ": "u", "ν": "v", "ѵ": "v", "ɡ": "g", "ո": "n", "օ": "o", "ս": "u", "ł": "l",
    "0": "o", "1": "l", "i": "l", "|": "l", "3": "e", "5": "s", "‐": "-", "‑": "-", "–": "-", "٠": "o",
})  # fmt: skip
LONG = 14
"""Letters of a domain in which two wrong ones still go unseen; in a shorter one, one."""
LEAST = 7
"""A name of fewer letters is found in too many honest ones."""


def is_within(host: str, domains: Sequence[str]) -> bool:
    """Whether the host is one of the domains or below one."""
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)


def find_base(host: str) -> str:
    """The part of a host name that somebody registered: "ac-dijon.fr" of "webmail.ac-dijon.fr"."""
    labels = host.split(".")
    return ".".join(labels[-3:] if ".".join(labels[-2:]) in _SHARED else labels[-2:])


def find_imitated(host: str, domains: Sequence[str]) -> str | None:
    """Which of our domains this host can be taken for; None: none, or it is ours or another académie's."""
    host = normalise_host(host)
    if "." not in host or is_within(host, domains) or find_base(host) in SISTERS:
        return None
    return next((domain for domain in domains if _resembles(host, domain)), None)


def imitates_state(host: str) -> bool:
    """Whether the host plays a site of the State: "impots-gouv.fr", "education.gouv.fr.example"."""
    host = normalise_host(host)
    if is_within(host, ["gouv.fr"]):
        return False
    return f".{host}.".find(".gouv.fr.") >= 0 or any(
        "-" in label and "gouv" in label.split("-") for label in host.split(".")
    )


def make_skeleton(text: str) -> str:
    """What is left when letters that look alike are one letter."""
    return fold(text.lower().translate(_SAME)).translate(_SAME).replace("rn", "m").replace("vv", "w")


def _resembles(host: str, domain: str) -> bool:
    shown, ours = make_skeleton(host), make_skeleton(domain)
    name = ours.partition(".")[0]
    base = find_base(shown)
    if base == ours or _holds(shown, name):
        return True
    near = 2 if len(ours) >= LONG else 1
    return len(ours) >= LEAST and abs(len(base) - len(ours)) <= near and _distance(base, ours) <= near


def _holds(shown: str, name: str) -> bool:
    """The whole of our name among the words of the host: "ac-dijon" in "webmail-ac-dijon.example", "acdijon.example"."""
    words, wanted = re.split(r"[.-]", shown), name.split("-")
    squashed = "".join(wanted)
    if len(squashed) >= LEAST and squashed in words:
        return True
    is_telling = len(wanted) > 1 or len(name) >= LEAST
    runs = (words[start : start + len(wanted)] for start in range(len(words) - len(wanted) + 1))
    return is_telling and any(run == wanted for run in runs)


def _distance(one: str, other: str) -> int:
    """Letters wrong, missing, added or exchanged with their neighbour."""
    before, last = [0] * (len(other) + 1), list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        line = [row]
        for column, wanted in enumerate(other, 1):
            cost = min(last[column] + 1, line[-1] + 1, last[column - 1] + (letter != wanted))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == wanted:
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        before, last = last, line
    return last[-1]
