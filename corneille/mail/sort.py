"""Messages in an order (RFC 5256 §3, RFC 5957)."""

from collections.abc import Callable, Sequence
from heapq import merge
from itertools import islice
from typing import Any, TypeAlias

from corneille.kernel.ids import MailboxId, Uid
from corneille.mail import store
from corneille.mail.collation import collate
from corneille.mail.slices import Slice, Work
from corneille.mail.store.ordering import Facts, read_facts
from corneille.mail.values import MailAccount
from corneille.wire.imap.envelope import CC, FROM, TO, read_first_address
from corneille.wire.mime.header import decode_header
from corneille.wire.mime.subject import base_subject

Keyed: TypeAlias = tuple[Uid, tuple[Any, ...]]

RUN = 2000
"""Messages that are sorted at once: some two milliseconds."""
MERGED = 500

ENVELOPE_KEYS = frozenset({"CC", "DISPLAYFROM", "DISPLAYTO", "FROM", "TO"})


def sort(
    account: MailAccount, mailbox: MailboxId, uids: Sequence[int], by: Sequence[tuple[str, bool]]
) -> Work[list[Uid]]:
    """These ascending UIDs in the order of the keys (name, whether reversed), the first the most important; equal ones
    stay as they are.
    """
    connection = store.current().shard(account.shard).reader()
    with_envelope = any(key in ENVELOPE_KEYS for key, _ in by)
    keyed: list[Keyed] = []
    slice = Slice()
    for facts in read_facts(connection, mailbox, uids, with_envelope=with_envelope):
        keyed += [(each.uid, tuple(_KEYS[key](each) for key, _ in by)) for each in facts]
        yield from slice.pause()
    for place, (_, is_reverse) in reversed([*enumerate(by)]):
        keyed = yield from _order(keyed, place, slice, is_reverse=is_reverse)
    return [uid for uid, _ in keyed]


def _order(keyed: list[Keyed], place: int, slice: Slice, *, is_reverse: bool) -> Work[list[Keyed]]:
    """By one key; stable, as `sorted` is, which would keep the loop for all of them: in runs, which are then merged."""

    def key(each: Keyed) -> Any:
        return each[1][place]

    runs = []
    for start in range(0, len(keyed), RUN):
        if start:
            yield from slice.pause()
        runs.append(sorted(keyed[start : start + RUN], key=key, reverse=is_reverse))
    if len(runs) < 2:
        return runs[0] if runs else []
    ordered: list[Keyed] = []
    merged = merge(*runs, key=key, reverse=is_reverse)
    while len(ordered) < len(keyed):
        yield from slice.pause()
        ordered += islice(merged, MERGED)
    return ordered


def _local_part(place: int) -> Callable[[Facts], str]:
    def read(facts: Facts) -> str:
        found = read_first_address(facts.envelope or b"", place)
        return "" if found is None else collate((found[1] or b"").decode("utf-8", "replace"))

    return read


def _display(place: int) -> Callable[[Facts], str]:
    """The name that people see, the address where there is none, a group's name (RFC 5957 §3)."""

    def read(facts: Facts) -> str:
        found = read_first_address(facts.envelope or b"", place)
        if found is None:
            return ""
        name, local, domain = found
        if name:
            return collate(decode_header(name))
        shown = (local or b"") if domain is None else b"%b@%b" % (local or b"", domain)
        return collate(shown.decode("utf-8", "replace"))

    return read


_KEYS: dict[str, Callable[[Facts], Any]] = {
    "ARRIVAL": lambda facts: facts.received_s,
    "DATE": lambda facts: facts.sent_s,
    "SIZE": lambda facts: facts.size_bytes,
    "SUBJECT": lambda facts: collate(base_subject(facts.subject)),
    "FROM": _local_part(FROM),
    "TO": _local_part(TO),
    "CC": _local_part(CC),
    "DISPLAYFROM": _display(FROM),
    "DISPLAYTO": _display(TO),
}
