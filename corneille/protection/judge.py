"""What in a message is made to deceive, with the reason of each. Pure: the same facts, the same signs.

Each sign is sure enough to be said alone: a warning that is often wrong is soon read by nobody. What is merely unusual
(a new correspondent, an urgent tone, a link in a text) is no sign; two such things together may be.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote

from corneille.people.name import fold
from corneille.protection.lookalike import SISTERS, find_base, find_imitated, imitates_state, is_within
from corneille.protection.vocabulary import (
    ACT,
    ANSWER,
    ANYBODYS,
    MACROS,
    MAILBOX,
    MONEY,
    PAGES,
    REWRITERS,
    RUNS,
    SECRET,
    SHOWN_HOST,
    THREAT,
)  # fmt: skip
from corneille.wire.html.host import read_host
from corneille.wire.html.links import Link


class Origin(StrEnum):
    """Which way a message came, as far as our own trace of it tells."""

    INSIDE = "inside"  # somebody who had signed in sent it
    OUTSIDE = "outside"
    UNKNOWN = "unknown"  # imported, or filed by another program


class Reason(StrEnum):
    """Why a message deserves care."""

    PRETENDS_INSIDE = "pretends-inside"
    LOOK_ALIKE = "look-alike"
    NAMED_AS_OURS = "named-as-ours"
    COLLEAGUE_NAME = "colleague-name"
    ANSWERS_ELSEWHERE = "answers-elsewhere"
    LINK_LIES = "link-lies"
    LINK_LOOKS_ALIKE = "link-looks-alike"
    ASKS_PASSWORD = "asks-password"  # noqa: S105  # a code, no secret
    ATTACHMENT = "attachment"


@dataclass(frozen=True, slots=True)
class Sign:
    """One reason: `shown` is what the message lets one believe, `real` what is so; either may be ""."""

    reason: Reason
    shown: str = ""
    real: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """The facts of one message.

    is_authenticated  our own server found that the sender's domain vouches for it
    is_list           it went through a mailing list or a mass mailing that says so
    is_colleague_name, is_correspondent  the sender's name is that of somebody here; the reader has written to the address
    """

    sender_name: str
    sender_address: str
    reply_to: tuple[str, ...] = ()
    origin: Origin = Origin.UNKNOWN
    is_authenticated: bool = False
    links: tuple[Link, ...] = ()
    words: str = ""
    filenames: tuple[str, ...] = ()
    is_list: bool = False
    is_colleague_name: bool = False
    is_correspondent: bool = False


@dataclass(frozen=True, slots=True)
class Home:
    """What is ours: mail domains in lower case, the name of the académie, and the hosts of the portal."""

    domains: tuple[str, ...]
    name: str
    hosts: tuple[str, ...] = ()

    @property
    def places(self) -> tuple[str, ...]:
        """Where a link of ours may lead, and one of the State."""
        return (*self.domains, *self.hosts, "gouv.fr")


def judge(letter: Letter, home: Home) -> tuple[Sign, ...]:
    """The signs, the gravest first, each reason once; nearly always none."""
    signs: dict[Reason, Sign] = {}
    for find in (_judge_sender, _judge_links, _judge_words, _judge_answers, _judge_files):
        for sign in find(letter, home):
            signs.setdefault(sign.reason, sign)
    order = list(Reason)
    return tuple(sorted(signs.values(), key=lambda sign: order.index(sign.reason)))


def is_from_outside(letter: Letter, home: Home) -> bool:
    """Whether its sender is none of ours, whatever the message says."""
    if is_within(_host_of(letter.sender_address), home.domains):
        return letter.origin is Origin.OUTSIDE and not letter.is_authenticated
    return True


def _host_of(address: str) -> str:
    return read_host(address.rpartition("@")[2])


def _judge_sender(letter: Letter, home: Home) -> Iterator[Sign]:
    host = _host_of(letter.sender_address)
    if not is_from_outside(letter, home):
        return
    if is_within(host, home.domains):
        if not letter.is_list:  # a list hands on what a colleague wrote to it
            yield Sign(Reason.PRETENDS_INSIDE, letter.sender_address)
        return
    imitated = find_imitated(host, home.domains)
    if imitated is not None or imitates_state(host):
        yield Sign(Reason.LOOK_ALIKE, imitated or "gouv.fr", host)
    elif _is_named_as_ours(letter.sender_name, home):
        yield Sign(Reason.NAMED_AS_OURS, letter.sender_name, letter.sender_address)
    elif letter.is_colleague_name and not letter.is_correspondent and not letter.is_list:
        yield Sign(Reason.COLLEAGUE_NAME, letter.sender_name, letter.sender_address)


def _is_named_as_ours(name: str, home: Home) -> bool:
    """The name holds one of our addresses or domains, or the académie's own name."""
    plain = fold(name)
    return any(domain in plain for domain in home.domains) or (bool(home.name) and fold(home.name) in plain)


def _judge_links(letter: Letter, home: Home) -> Iterator[Sign]:
    for link in letter.links:
        real = _unwrap(link.url)
        imitated = find_imitated(real, home.domains)
        if imitated is not None or imitates_state(real):
            yield Sign(Reason.LINK_LOOKS_ALIKE, imitated or "gouv.fr", real)
        told = SHOWN_HOST.match(link.text)
        shown = read_host(told[1]) if told else ""
        if shown and real and find_base(shown) != find_base(real) and _is_lie(letter, home, shown, real, link.url):
            yield Sign(Reason.LINK_LIES, shown, real)


def _unwrap(url: str) -> str:
    """Where a link goes, through the filters that rewrite links."""
    host = read_host(url)
    if is_within(host, REWRITERS):
        inner = re.search(r"https?://[^&\s]+", unquote(url.partition("?")[2] or url.partition(host)[2]))
        return read_host(inner.group()) if inner else host
    return host


def _is_lie(letter: Letter, home: Home, shown: str, real: str, url: str) -> bool:
    """Mass mailings count clicks at a host of their own; about us, and in others' names about the State, that is a lie."""
    sender = find_base(_host_of(letter.sender_address))
    if is_within(real, home.places):
        return False
    if is_within(shown, home.domains) or (is_within(shown, ["gouv.fr"]) and find_base(shown) != sender):
        return True
    counts_clicks = letter.is_list or shown in unquote(url).lower() or find_base(real) == sender
    return not counts_clicks


def _judge_words(letter: Letter, home: Home) -> Iterator[Sign]:
    """Asks for a password, or to « confirm » a mail account under a threat, at a place that is not ours."""
    text = fold(letter.words)
    if not MAILBOX.search(text) or not ACT.search(text):
        return
    strange = [host for link in letter.links if (host := _unwrap(link.url)) and not _is_trusted(host, home)]
    page = next((name for name in letter.filenames if _ending(name) in PAGES), "")
    by_answer = is_from_outside(letter, home) and bool(SECRET.search(text)) and bool(ANSWER.search(text))
    if THREAT.search(text) and (strange or page or by_answer):
        yield Sign(Reason.ASKS_PASSWORD, "", strange[0] if strange else page)


def _is_trusted(host: str, home: Home) -> bool:
    return is_within(host, home.places) or find_base(host) in SISTERS


def _judge_answers(letter: Letter, home: Home) -> Iterator[Sign]:
    sender = _host_of(letter.sender_address)
    for address in letter.reply_to:
        host = _host_of(address)
        if not host or find_base(host) == find_base(sender) or is_within(host, home.domains):
            continue
        if letter.is_list and not find_imitated(host, home.domains):
            continue
        claims_us = is_within(sender, home.domains) and letter.origin is not Origin.INSIDE
        to_anybody = host in ANYBODYS and sender not in ANYBODYS and bool(MONEY.search(fold(letter.words)))
        if claims_us or to_anybody or find_imitated(host, home.domains) is not None:
            yield Sign(Reason.ANSWERS_ELSEWHERE, letter.sender_address, address)


def _judge_files(letter: Letter, home: Home) -> Iterator[Sign]:
    outside = is_from_outside(letter, home)
    for name in letter.filenames:
        ending = _ending(name)
        if ending in RUNS or (outside and ending in MACROS):
            yield Sign(Reason.ATTACHMENT, name, f".{ending}")


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower().strip() if "." in name else ""


def list_reasons(signs: Sequence[Sign]) -> list[str]:
    """Codes, for what is kept and told."""
    return [sign.reason.value for sign in signs]
