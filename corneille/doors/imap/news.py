"""What a change of the selected mailbox means beyond itself: searches that find something else now (RFC 5267 §4.3), and
what NOTIFY and UPDATE asked of each message that came (RFC 5465 §5.2, §7)."""

from itertools import islice

from corneille.doors.imap.content_format import format_contents
from corneille.doors.imap.context import Context
from corneille.doors.imap.replies import Bad, No
from corneille.doors.imap.row_format import make_plan
from corneille.doors.imap.search_key import freeze, translate
from corneille.doors.imap.session import Session
from corneille.kernel.refusal import Refusal
from corneille.mail import fetch as mail
from corneille.mail.criteria import And, InUids
from corneille.mail.search import search
from corneille.mail.sort import sort
from corneille.mail.values import MailboxGone
from corneille.wire.imap.commands.fetch import Item
from corneille.wire.imap.commands.search import Search
from corneille.wire.imap.parse import Command

AT_ONCE = 50
"""Messages looked at between two turns of the loop; within a turn nothing else speaks, and numbers stay what they are."""

CONTEXTS = 10
"""Searches of one client that are kept up to date."""

SORTED = 10_000
"""A longer result is not kept in order: each message that comes would have all of it sorted again."""


def check_tag(session: Session, command: Command, asked: Search) -> None:
    """Raises Bad where another search that is kept up to date has this tag (§4.3)."""
    if _is_update(asked) and command.tag in session.mailbox.contexts:
        raise Bad("A search with this tag is kept up to date: use another tag")


def keep_up_to_date(
    session: Session, command: Command, asked: Search, found: list[int], by: tuple[tuple[str, bool], ...] = ()
) -> None:
    """From here on the client hears of what this search finds too and no longer; or hears now that it does not (§4.3.1)."""
    if not _is_update(asked):
        return
    selected = session.mailbox
    if len(selected.contexts) >= CONTEXTS or (by and len(found) > SORTED):
        session.say(b'* NO [NOUPDATE "%b"] ' % command.tag.replace("\\", "\\\\").encode())
        session.say(b"This is too much to keep up to date; CANCELUPDATE ends others\r\n")
        return
    key = freeze(selected, asked.key)
    selected.contexts[command.tag] = Context(command.tag, command.is_uid, key, by, asked.items, list(found))


async def tell_news(session: Session) -> None:
    """Says what is new, in slices. None of these messages is marked as \\Seen by it."""
    selected = session.mailbox
    while selected.news:
        some = dict(islice(selected.news.items(), AT_ONCE))
        for uid in some:
            del selected.news[uid]
        fresh: dict[int, tuple[Item, ...]] = {uid: session.interest.items for uid, is_fresh in some.items() if is_fresh}
        try:
            told = [reply for context in selected.contexts.values() for reply in _follow(session, context, some, fresh)]
            fetched = _fetch(session, fresh)
        except MailboxGone:
            return  # the next look says so
        # Departs from RFC 5465 §7 where NOTIFY too asks for items: its §5.2 wants the one FETCH for both to come last.
        session.say(*(told + fetched if session.interest.items else fetched + told))
        await session.breathe()
        if session.selected is not selected:
            return


def _is_update(asked: Search) -> bool:
    return asked.returns is not None and "UPDATE" in asked.returns


def _follow(session: Session, context: Context, some: dict[int, bool], fresh: dict[int, tuple[Item, ...]]) -> list[bytes]:
    """Looks whether one search still finds these messages, and adds what it wants to hear of those that came."""
    selected = session.mailbox
    ranges = selected.uid_ranges(selected.spans_of(sorted(some)))
    if not ranges:
        return []
    criterion = And((InUids(ranges), translate(session, context.key, ranges)))
    matched = {uid for slice in search(selected.account, selected.mailbox, criterion) for uid in slice}
    known = context.find(some)
    came = (matched & some.keys()) - known
    replies = [context.remove(known - matched, selected.number)]
    if not came:
        return replies
    order = sorted([*context.found, *came])
    if context.by:
        order = [uid for slice in sort(selected.account, selected.mailbox, order, context.by) for uid in slice]
        replies.append(context.remove(set(context.found) - set(order), selected.number))  # gone, and not yet told
    for uid in came & fresh.keys():
        fresh[uid] = tuple(dict.fromkeys([*fresh[uid], *context.items]))
    return [*replies, context.add(came, order, selected.number)]


def _fetch(session: Session, fresh: dict[int, tuple[Item, ...]]) -> list[bytes]:
    """A FETCH for each of these messages. Raises MailboxGone."""
    selected, told = session.mailbox, list[tuple[int, bytes]]()
    for items in set(fresh.values()) - {()}:
        plan = make_plan(
            items,
            with_uid=True,
            with_modseq=session.is_condstore,
            by_uid=session.is_uidonly,
            utf8=session.is_utf8,
            recent=selected.recent,
        )
        form = plan.make_formatter()
        ranges = selected.uid_ranges(selected.spans_of(sorted(uid for uid in fresh if fresh[uid] == items)))
        for row in [row for rows in mail.fetch(selected.account, selected.mailbox, ranges, plan.wants) for row in rows]:
            try:
                content = mail.read_content(selected.account, row.id) if plan.contents else b""
                head, rest = form(selected.find(row.uid) + 1, row), format_contents(plan.contents, content)
            except (Refusal, No):
                continue  # expunged meanwhile, or not to be read: who fetches it is told why
            told.append((row.uid, head + (rest[1:] if head.endswith(b"(") else rest) + b")\r\n"))
    return [reply for _, reply in sorted(told)]
