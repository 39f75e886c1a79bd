"""The door's one table from refusals to HTTP: a status, and the precondition that was not met."""

from collections.abc import Callable
from xml.etree.ElementTree import Element

from corneille.desk.cause import Cause
from corneille.desk.explanation import address_of_cause
from corneille.doors.dav.exchange import PLAIN, Reply
from corneille.kernel.refusal import Refusal
from corneille.wire.dav.multistatus import format_error
from corneille.wire.dav.names import caldav, dav
from corneille.wire.dav.tree import make

OBJECT = {
    "size": (403, caldav("max-resource-size")),
    "name": (403, dav("need-privileges")),
    "private": (403, dav("need-privileges")),
    "too-many": (507, dav("quota-not-exceeded")),
    "syntax": (403, caldav("valid-calendar-data")),
    "component": (403, caldav("supported-calendar-component")),
    "uid": (403, caldav("valid-calendar-object-resource")),
    "dates": (403, caldav("valid-calendar-data")),
    "method": (403, caldav("valid-calendar-object-resource")),
    "taken": (403, caldav("no-uid-conflict")),
}
CALENDAR = {
    "name": (403, dav("cannot-modify-protected-property")),
    "colour": (403, dav("cannot-modify-protected-property")),
    "slug": (403, caldav("calendar-collection-location-ok")),
    "taken": (405, dav("resource-must-be-null")),
    "too-many": (507, dav("quota-not-exceeded")),
    "first": (403, dav("need-privileges")),
}
TABLE: dict[str, tuple[int, str]] = {
    "right-missing": (403, dav("need-privileges")),
    "stale": (412, ""),
    "token-forgotten": (403, dav("valid-sync-token")),
    "too-much": (403, dav("number-of-matches-within-limits")),
}


def refuse(refusal: Refusal, name_object: Callable[[str], Element]) -> Reply:
    """The reply to what an operation refused; `name_object`: the address of an object in the same agenda."""
    reason = str(refusal.data.get("reason", ""))
    if refusal.code == "gone":  # most often a program with the wrong address
        told = "Il n’y a rien à cette adresse. / There is nothing at this address."
        return Reply(404, f"{told} {address_of_cause(Cause.WRONG_SETTINGS)}\n".encode(), PLAIN)
    if refusal.code == "object-refused":
        status, condition = OBJECT[reason]
        if reason == "taken":  # RFC 4791 §5.3.2.1 names the other
            return error(status, make(condition, name_object(str(refusal.data["name"]))))
        if reason == "private":  # RFC 3744 §7.1.1 names what is missing, and where
            privilege = make(dav("privilege"), make(dav("write-content")))
            return error(status, make(condition, make(dav("resource"), name_object(str(refusal.data["name"])), privilege)))
    elif refusal.code == "calendar-refused":
        status, condition = CALENDAR[reason]
    elif refusal.code in TABLE:
        status, condition = TABLE[refusal.code]
    else:
        status, condition = (503 if refusal.temporary else 409), ""
    return error(status, *([make(condition)] if condition else []))


def error(status: int, *conditions: Element) -> Reply:
    """A status with what was not met."""
    if not conditions:
        return Reply(status)
    return Reply(status, format_error(*conditions))
