"""What a change of the selected mailbox means beyond itself: searches that find something else now (RFC 5267 §4.3), and
what NOTIFY and UPDATE asked of each message that came (RFC 5465 §5.2, §7)."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from corneille.doors.imap.content_reply import join_items, read_contents
from corneille.doors.imap.context import Context, quote_tag
from corneille.doors.imap.interest import Interest
from corneille.doors.imap.replies import Bad, No
from corneille.doors.imap.row_format import make_plan
from corneille.doors.imap.search_key import freeze, translate
from corneille.doors.imap.selected import Selected
from corneille.doors.imap.session import Session
from corneille.kernel.ids import Uid
from corneille.kernel.refusal import Refusal
from corneille.mail import fetch as mail
from corneille.mail.search import search
from corneille.mail.sort import sort
from corneille.mail.values import MailboxGone
from corneille.wire.imap.commands.fetch import Item
from corneille.wire.imap.commands.search import Search, count_terms
from corneille.wire.imap.parse import Command

AT_ONCE = 50
"""Messages looked at together; when contents are to be told, one of those that came: it may be of fifty megabytes."""

CONTEXTS = 10
"""Searches of one client that are kept up to date."""

SORTED = 1000
"""A longer result is not kept in order: for each message that comes all of it is sorted again, 40 ms over several turns."""

TERMS = 100
"""A key of more is not kept up to date: all of it is asked again of each message that comes or changes."""


@dataclass(frozen=True, slots=True)
class Look:
    """What one search has of some messages, and what its result was when it was asked.

    order  the sorted result with what came; None where nothing came, or nothing is sorted
    """

    context: Context
    before: "array[int]"
    matched: set[int]
    order: list[int] | None


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
    if len(selected.contexts) >= CONTEXTS or (by and len(found) > SORTED) or count_terms(asked.key) > TERMS:
        session.say(_format_end(command.tag))
        return
    key = freeze(selected, asked.key)
    selected.contexts[command.tag] = Context(command.tag, command.is_uid, key, by, asked.items, array("I", found))


async def tell_news(session: Session) -> None:
    """Says what is new, in slices. None of these messages is marked as \\Seen by it.

    Searches are asked and messages read over many turns of the loop; what came of it is said in one, if all is still as
    it was.
    """
    selected = session.mailbox
    while session.selected is selected and selected.news:
        some, looks, interest = _take(session), list[Look](), session.interest
        modseq, uids = selected.modseq, selected.uids
        try:
            for context in [*selected.contexts.values()]:
                looks.append(await _look(session, context, some))
                if session.selected is not selected:
                    return
            fetched = await _fetch(session, _choose_items(interest, looks, some))
        except MailboxGone:
            return  # the next look says so
        is_as_it_was = (selected.modseq, session.interest) == (modseq, interest) and selected.uids is uids
        if is_as_it_was and all(_is_as_asked(selected, look) for look in looks):
            told = [reply for look in looks for reply in _follow(selected, look, some)]
            # Departs from RFC 5465 §7 where NOTIFY asks for items too: its §5.2 wants the one FETCH for both to come last.
            session.say(*(told + fetched if interest.items else fetched + told))
        else:
            selected.news.update(some)  # a command was obeyed meanwhile, and what it changed was told
        if selected.news:
            await session.breathe()


def _is_update(asked: Search) -> bool:
    return asked.returns is not None and "UPDATE" in asked.returns


def _take(session: Session) -> dict[int, bool]:
    """The messages to look at next, which are news no more."""
    selected, some = session.mailbox, dict[int, bool]()
    items = [*session.interest.items, *(item for context in selected.contexts.values() for item in context.items)]
    tells_contents = any(not isinstance(item, str) for item in items)
    for uid, is_fresh in islice(selected.news.items(), AT_ONCE):
        some[uid] = is_fresh
        if is_fresh and tells_contents:
            break
    for uid in some:
        del selected.news[uid]
    return some


async def _look(session: Session, context: Context, some: Iterable[int]) -> Look:
    """Asks whether a search finds these messages, a slice in a turn. Raises MailboxGone."""
    selected, before = session.mailbox, context.found
    known = [Uid(uid) for uid in sorted(some) if selected.find(uid) >= 0]
    key = translate(session, context.key)
    matched = set[int](await session.finish(search(selected.account, selected.mailbox, key, among=known)))
    came = matched - context.find(matched)
    if not (context.by and came) or len(before) + len(came) > SORTED:
        return Look(context, before, matched, None)
    order = await session.finish(sort(selected.account, selected.mailbox, sorted([*before, *came]), context.by))
    return Look(context, before, matched, list[int](order))


def _is_as_asked(selected: Selected, look: Look) -> bool:
    """Whether the search is still kept up to date, and was told of nothing since."""
    return selected.contexts.get(look.context.tag) is look.context and look.context.found is look.before


def _choose_items(interest: Interest, looks: Iterable[Look], some: dict[int, bool]) -> dict[int, tuple[Item, ...]]:
    """What is to be told of each message that came: what NOTIFY asks of it, and each search that finds it."""
    wanted: dict[int, tuple[Item, ...]] = {uid: interest.items for uid, is_fresh in some.items() if is_fresh}
    for look in looks:
        if look.context.by and look.order is None:
            continue  # it ends
        for uid in (look.matched - look.context.find(some)) & wanted.keys():
            wanted[uid] = tuple(dict.fromkeys([*wanted[uid], *look.context.items]))
    return wanted


def _follow(selected: Selected, look: Look, some: Iterable[int]) -> list[bytes]:
    """Says what a search finds too and no longer."""
    context, number = look.context, selected.number
    known = context.find(some)
    came = look.matched - known
    replies = [context.remove(known - look.matched, number)]
    if not came:
        return replies
    if not context.by:
        order = sorted([*context.found, *came])
    elif look.order is None:
        del selected.contexts[context.tag]
        return [*replies, _format_end(context.tag)]
    else:
        order = [uid for uid in look.order if uid in came or uid not in known - look.matched]
        replies.append(context.remove(set(context.found) - set(order), number))  # gone, and not yet told
    return [*replies, context.add(came, order, number)]


def _format_end(tag: str) -> bytes:
    """A search is not kept up to date, or no more (RFC 5267 §4.3.1)."""
    return b"* NO [NOUPDATE %b] This is too much to keep up to date; CANCELUPDATE ends others\r\n" % quote_tag(tag)


async def _fetch(session: Session, wanted: dict[int, tuple[Item, ...]]) -> list[bytes]:
    """A FETCH for each of these messages. Raises MailboxGone."""
    selected, told = session.mailbox, list[tuple[int, bytes]]()
    for items in set(wanted.values()) - {()}:
        plan = make_plan(
            items,
            with_uid=not session.naming.by_uid,
            with_modseq=session.is_condstore,
            utf8=session.is_utf8,
            recent=selected.recent,
        )
        form = plan.make_formatter(session.naming)
        ranges = selected.uid_ranges(selected.spans_of(sorted(uid for uid in wanted if wanted[uid] == items)))
        for row in [row for rows in mail.fetch(selected.account, selected.mailbox, ranges, plan.wants) for row in rows]:
            try:
                rest = await read_contents(session.shared, selected.account, row, plan.contents) if plan.contents else []
            except (Refusal, No):
                continue  # expunged meanwhile, or not to be read: who fetches it is told why
            head = form(session.naming.choose(selected.number(row.uid), row.uid), row)
            told.append((row.uid, b"".join([*join_items(head, rest), b")\r\n"])))
    return [reply for _, reply in sorted(told)]
