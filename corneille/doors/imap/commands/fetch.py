"""FETCH (RFC 9051 §6.4.5): rows in slices, the loop and the client having their turn between two of them."""

from collections.abc import Callable

from corneille.desk.cause import Cause
from corneille.doors.frame.bridge import settle
from corneille.doors.imap.content_reply import join_items, read_contents
from corneille.doors.imap.replies import Bad, No, explain
from corneille.doors.imap.row_format import Plan, make_instant_writer, make_plan
from corneille.doors.imap.selected import Span
from corneille.doors.imap.session import Session
from corneille.kernel.ids import ModSeq, Uid
from corneille.kernel.refusal import Gone, Refusal
from corneille.kernel.runs import intersect, subtract
from corneille.mail import fetch as mail
from corneille.mail.changes import list_changes
from corneille.mail.flag import FlagChange, flag
from corneille.mail.values import SEEN, Fact, Row, StorageFault
from corneille.wire.imap.commands.fetch import Fetch
from corneille.wire.imap.parse import Command
from corneille.wire.imap.partial import Partial
from corneille.wire.imap.sequence_set import format_runs

SHORT_ROWS = 1000
"""Rows in a slice of flags, dates and numbers: about a millisecond."""

ROWS = 100
"""Rows in a slice of metadata: about as long."""

CONTENT_ROWS = 50


async def fetch(session: Session, command: Command) -> str:
    asked: Fetch = command.value
    if asked.vanished and not (command.is_uid and session.is_qresync):
        raise Bad("VANISHED is for UID FETCH, after ENABLE QRESYNC")
    if asked.changed_since is not None or "MODSEQ" in asked.items:
        session.enable_condstore()
    spans = session.spans(asked.numbers, is_uid=command.is_uid)
    if asked.partial is not None:
        if not command.is_uid:
            raise Bad("PARTIAL is for UID FETCH")
        spans = await _cut(session, asked.partial, spans, asked.changed_since or 0)
    plan = make_plan(
        asked.items, with_uid=command.is_uid and not session.naming.by_uid, with_modseq=asked.changed_since is not None,
        utf8=session.is_utf8, recent=session.mailbox.recent,
    )
    if asked.vanished and asked.changed_since is not None:
        _tell_vanished(session, asked)
    if not spans:
        return "FETCH done"
    since = asked.changed_since or 0
    pattern = plan.make_pattern(session.naming)
    if pattern is not None:
        count = await _fetch_lines(session, pattern, spans, since, slice_rows=ROWS if plan.wants else SHORT_ROWS)
    elif plan.contents:
        count = await _fetch_contents(session, plan, spans, since)
    else:
        count = await _fetch_rows(session, plan, spans, since)
    wanted = sum(high - low for low, high in spans)
    if count < wanted and not command.is_uid and not since:
        raise No("Some of these messages no longer exist", "EXPUNGEISSUED")
    return "FETCH done"


async def _cut(session: Session, partial: Partial, spans: list[Span], since: int) -> list[Span]:
    """A page of these messages (RFC 9394 §3.2), of those that changed where CHANGEDSINCE asks for them."""
    selected = session.mailbox
    uids: list[Uid] = list(selected.iterate(spans))
    if since:
        uids = []
        for place, rows in enumerate(mail.list_flags(selected.account, selected.mailbox, selected.uid_ranges(spans))):
            if place:
                await session.breathe()
            uids += [uid for uid, modseq, _ in rows if modseq > since]
    return selected.spans_of(partial.cut(uids))


async def _fetch_lines(
    session: Session, pattern: list[str | Fact], spans: list[Span], since: int, *, slice_rows: int
) -> int:
    selected, count = session.mailbox, 0
    slices = mail.fetch_lines(
        selected.account, selected.mailbox, selected.number_all(spans), pattern, since=ModSeq(since),
        write_instant=make_instant_writer(), slice_rows=slice_rows,
    )  # fmt: skip
    for number, (some, lines) in enumerate(slices):
        if number:
            await session.breathe()
        count += some
        session.say(lines)
    return count


async def _fetch_rows(session: Session, plan: Plan, spans: list[Span], since: int) -> int:
    selected, count = session.mailbox, 0
    form, name = plan.make_formatter(session.naming), _make_namer(session, spans)
    for rows in mail.fetch(selected.account, selected.mailbox, selected.uid_ranges(spans), plan.wants, slice_rows=ROWS):
        if count:
            await session.breathe()
        count += len(rows)
        session.say(b"".join([form(name(row.uid), row) + b")\r\n" for row in rows if row.modseq > since]))
    return count


async def _fetch_contents(session: Session, plan: Plan, spans: list[Span], since: int) -> int:
    selected, count = session.mailbox, 0
    plain, name = plan.make_formatter(session.naming), _make_namer(session, spans)
    with_uid = session.is_qresync and not session.naming.by_uid
    flagged = plan.with_change(with_uid=with_uid, with_modseq=session.is_condstore).make_formatter(session.naming)
    marks, is_damaged = plan.marks_seen and not selected.is_read_only, False
    for rows in mail.fetch(
        session.mailbox.account, selected.mailbox, selected.uid_ranges(spans), plan.wants, slice_rows=CONTENT_ROWS
    ):
        rows = [row for row in rows if row.modseq > since]
        marked = await _mark_seen(session, rows) if marks else {}
        for row in rows:
            await session.breathe_if_full()
            try:
                told = await read_contents(session.shared, selected.account, row, plan.contents)
            except Gone:
                continue  # expunged while this slice waited
            except StorageFault:
                is_damaged = True  # what is whole is read all the same
                continue
            count += 1
            new = marked.get(row.uid)
            head = plain(name(row.uid), row) if new is None else flagged(name(row.uid), new)
            session.say(*join_items(head, told), b")\r\n")
            if new is not None:
                selected.own[new.uid] = new.modseq  # once it is told: what is not said here, `sync` says
    if is_damaged:
        why = "Un message est abime sur le serveur. / A message is damaged on the server; the others were sent."
        raise explain(why, "CORRUPTION", Cause.INCIDENT)
    return count


async def _mark_seen(session: Session, rows: list[Row]) -> dict[int, Row]:
    """Marks what is read as \\Seen, and returns the rows that changed. A full disk does not keep mail from being read."""
    unseen = {row.uid: row for row in rows if SEEN not in row.flags.split()}
    if not unseen:
        return {}
    selected = session.mailbox
    try:
        result = await settle(
            flag(session.mailbox.account, selected.mailbox, list(unseen), FlagChange.ADD, frozenset({SEEN}))
        )
    except Refusal:
        return {}
    return {uid: unseen[uid]._replace(modseq=modseq, flags=flags) for uid, modseq, flags in result.changed}


def _make_namer(session: Session, spans: list[Span]) -> Callable[[int], int]:
    """A function from ascending UIDs to what replies call them, which looks at each position once."""
    if session.naming.by_uid:
        return lambda uid: uid
    selected = session.mailbox
    uids, at = selected.uids, spans[0][0]

    def find(uid: int) -> int:
        nonlocal at
        if uids[at] != uid:
            at = selected.find(uid, at)
        at += 1
        return at

    return find


def _tell_vanished(session: Session, asked: Fetch) -> None:
    """RFC 7162 §3.2.6: what has gone since, among the UIDs asked for."""
    selected = session.mailbox
    changes = list_changes(session.mailbox.account, selected.mailbox, ModSeq(asked.changed_since or 0))
    ranges = asked.numbers.resolve(max(changes.uid_next - 1, 1)) if not asked.numbers.is_saved else []
    gone = intersect(subtract(changes.vanished, selected.uids), ranges)
    if gone:
        session.say(b"* VANISHED (EARLIER) %b\r\n" % format_runs(gone))
