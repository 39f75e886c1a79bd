"""Tells a person, in the program, that the mail account is nearly full: once for each step that is crossed, and day."""

from corneille.doors.imap.session import RoomTold, Session
from corneille.kernel import clock
from corneille.kernel.settings import portal_address
from corneille.mail.changes import get_quota
from corneille.mail.fullness import choose_step, find_percent
from corneille.mail.settings import list_warned_percents

POLLED_S = 60.0
"""A program that asks without end is answered from the last look for so long."""


def alert_room(session: Session, *, is_polled: bool = False) -> None:
    """Says an ALERT (RFC 9051 §7.1) when a step has been crossed since the last one; ASCII: rev1 allows no more.

    is_polled  nothing says that the mail account has changed
    """
    if session.account is None:
        return
    now_s, today = session.connection.loop.time(), clock.now().date()
    told = session.shared.room_told.get(session.account, RoomTold(today, 0, now_s - POLLED_S))
    if is_polled and now_s < told.looked_s + POLLED_S:
        return
    percent, before = find_percent(get_quota(session.opened)), told.step if told.day == today else 0
    step = choose_step(percent, before, list_warned_percents())
    session.shared.room_told[session.account] = RoomTold(today, step, now_s)
    if step > before:
        words = f"Boite pleine a {percent} %. / The mailbox is {percent} % full. {portal_address()}/courrier/espace"
        session.say(f"* OK [ALERT] {words}\r\n".encode("ascii", "replace"))
