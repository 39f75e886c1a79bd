"""One table: what transport, mail and access refuse, in SMTP's words (RFC 5321 §4.2, RFC 3463)."""

from corneille.desk.cause import Cause
from corneille.desk.explanation import address_of_cause
from corneille.doors.frame.refused import to_ascii
from corneille.groups.decide import Reason
from corneille.groups.words import tell_reason
from corneille.kernel.refusal import Refusal
from corneille.wire.smtp.line import LineFault
from corneille.wire.smtp.reply import Reply, reply

_REFUSALS: dict[str, tuple[int, str, str]] = {
    "unknown-recipient": (550, "5.1.1", "<{address}> does not exist here"),
    "relay-denied": (550, "5.7.1", "<{address}> is not ours: sign in to send to the outside"),
    "mailbox-full": (452, "4.2.2", "<{address}>: the mailbox is full, try again later"),
    "mail-loop": (554, "5.4.6", "the message has passed {count} servers: it is going round in a loop"),
    "on-behalf-only": (
        553, "5.7.1", "You write on behalf of <{address}> only: put an address of yours in MAIL FROM and in Sender",
    ),
    "sender-refused": (553, "5.7.1", "<{address}> is not an address of yours"),
    "message-too-large": (552, "5.3.4", "the message is larger than {limit_bytes} octets"),
    "disk-full": (452, "4.3.1", "no room to store the message now, try again later"),
    "index-lost": (451, "4.3.0", "the mail cannot be reached now, try again later"),
    "storage-fault": (451, "4.3.0", "the message could not be stored now, try again later"),
    "busy": (451, "4.3.2", "too much to do now, try again later"),
}
_MESSAGE_REFUSALS = {
    "no-from": (554, "5.6.0", "the message has no From field"),
    "bad-from": (
        554,
        "5.6.0",
        "the message needs exactly one From field with addresses in it, and at most one Sender",
    ),
    "long-header": (554, "5.6.0", "the header is too long"),
    "bad-recipient": (553, "5.1.3", "a recipient's address is not one"),
    "no-recipient": (554, "5.5.1", "no valid recipients"),
    "too-many-recipients": (452, "4.5.3", "too many recipients"),
}
_LINES = {
    LineFault.TOO_LONG: "the line is too long (RFC 5321 4.5.3.1)",
    LineFault.BARE_LF: "a line ends with CR LF, not with LF alone (RFC 5321 2.3.8); nothing was done",
    LineFault.BARE_CR: "a CR stands only before an LF (RFC 5321 2.3.8); nothing was done",
    LineFault.NUL: "no NUL in a command; nothing was done",
}

OK = reply(250, "2.0.0", "OK")
BAD_SEQUENCE_GREETING = reply(503, "5.5.1", "say EHLO first")
BAD_SEQUENCE_MAIL = reply(503, "5.5.1", "say MAIL first")
BAD_SEQUENCE_RCPT = reply(503, "5.5.1", "no valid recipients")
NESTED_MAIL = reply(503, "5.5.1", "a message is open already: DATA or RSET")
TOO_MANY_RECIPIENTS = reply(452, "4.5.3", "too many recipients: send the rest in another message")
TOO_LARGE = reply(552, "5.3.4", "message trop volumineux / the message is larger than this server takes")
BARE_LINE_END = reply(
    554,
    "5.6.0",
    "the message holds a CR or an LF that stands alone; lines end with CR LF (RFC 5321 2.3.8); not accepted",
)
NO_MEMORY = reply(452, "4.3.1", "too many messages are coming in now, try again later")
TOO_MANY_ERRORS = reply(421, "4.7.0", "too many errors, goodbye")
TOO_MANY_MESSAGES = reply(421, "4.7.0", "enough messages on one connection, connect again")
TIMEOUT = reply(421, "4.4.2", "nothing was said for too long, goodbye")
STOPPING = reply(421, "4.3.2", "the server is stopping, connect again")
LET_GO = reply(
    421, "4.7.0",
    "votre acces a change (mot de passe, retrait ou compte ferme), reconnectez-vous / what signed you in no longer holds",
)
TOO_MANY_CONNECTIONS = reply(421, "4.7.0", "too many connections from your address: close some, or try again in a minute")
SERVER_FULL = reply(421, "4.3.2", "too many connections now, try again in a minute")


_CAUSES = {
    "relay-denied": Cause.WRONG_SETTINGS,
    "mailbox-full": Cause.QUOTA,
    "disk-full": Cause.INCIDENT,
    "storage-fault": Cause.INCIDENT,
    "index-lost": Cause.INCIDENT,
}
"""Refusals whose cause auto-dépannage explains."""


def explain(code: int, enhanced: str, words: str, cause: Cause) -> Reply:
    """A reply that says where its cause is explained."""
    return reply(code, enhanced, f"{words}; {address_of_cause(cause)}")


def reply_to_refusal(refusal: Refusal) -> Reply:
    """The reply that stands for a refusal; an unknown one is refused for a time or for good as it says
    itself."""
    if refusal.code == "sending-paused":
        told = "votre mot de passe est arrive a sa date, changez-le / your password has reached its date, change it"
        return explain(550, "5.7.1", told, Cause(str(refusal.data["why"])))
    if refusal.code == "list-refused":
        told = " / ".join(tell_reason(Reason(str(refusal.data["reason"])), language) for language in ("fr", "en"))
        return reply(550, "5.7.1", f"<{refusal.data['address']}> {to_ascii(told)} {refusal.data['page']}")
    if refusal.code == "message-refused":
        code, enhanced, words = _MESSAGE_REFUSALS[str(refusal.data["why"])]
        return reply(code, enhanced, words)
    found = _REFUSALS.get(refusal.code)
    if found is None:
        return reply(
            451 if refusal.temporary else 554, "4.3.0" if refusal.temporary else "5.3.0", refusal.code
        )
    code, enhanced, words = found
    told = words.format_map(_Told(refusal.data))
    return explain(code, enhanced, told, _CAUSES[refusal.code]) if refusal.code in _CAUSES else reply(code, enhanced, told)


def reply_to_line(fault: LineFault) -> Reply:
    return reply(500, "5.5.2" if fault is not LineFault.TOO_LONG else "5.5.6", _LINES[fault])


def reply_to_fault(incident: str) -> Reply:
    """What is said when our code is wrong: the incident's name leads to the log."""
    return explain(451, "4.3.0", f"a fault of ours, incident {incident}: try again later", Cause.INCIDENT)


def tls_first(code: int, enhanced: str) -> Reply:
    """To who speaks in clear: nothing is taken from them."""
    told = "choisissez SSL/TLS ou STARTTLS dans votre logiciel / say STARTTLS first: no password in clear"
    return explain(code, enhanced, told, Cause.TLS_REFUSED)


def sign_in_first() -> Reply:
    """To a program that was not told to sign in."""
    told = "indiquez votre mot de passe d'application au logiciel / authentication required"
    return explain(530, "5.7.0", told, Cause.WRONG_SETTINGS)


class _Told(dict[str, object]):
    """A refusal may say less than its sentence asks for."""

    def __missing__(self, name: str) -> str:
        return f"({name})"
