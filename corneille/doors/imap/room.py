"""Tells a person, in the program, that the mail account is nearly full: once for each step that is crossed, and day."""

from corneille.doors.imap.session import Session
from corneille.kernel import clock
from corneille.kernel.settings import portal_address
from corneille.mail.changes import get_quota
from corneille.mail.fullness import choose_step, find_percent
from corneille.mail.settings import list_warned_percents


def alert_room(session: Session) -> None:
    """Says an ALERT (RFC 9051 §7.1) when a step has been crossed since the last one; ASCII: rev1 allows no more."""
    if session.account is None:
        return
    percent, today = find_percent(get_quota(session.opened)), clock.now().date()
    day, told = session.shared.room_alerted.get(session.account, (today, 0))
    if day != today:
        told = 0
    step = choose_step(percent, told, list_warned_percents())
    session.shared.room_alerted[session.account] = today, step
    if step > told:
        words = f"Boite pleine a {percent} %. / The mailbox is {percent} % full. {portal_address()}/courrier/espace"
        session.say(f"* OK [ALERT] {words}\r\n".encode("ascii", "replace"))
