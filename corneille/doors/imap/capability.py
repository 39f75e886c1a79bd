"""What is announced: only what is complete."""

from corneille.kernel.settings import of
from corneille.mail.settings import MailSettings
from corneille.wire.imap.commands.append import MAX_MESSAGES
from corneille.wire.sasl.exchange import MECHANISMS

ALWAYS = ("IMAP4rev1", "IMAP4rev2", "LITERAL-", "SASL-IR", "ID", "ENABLE")
SIGNED_IN = (
    "IDLE", "NAMESPACE", "UIDPLUS", "UNSELECT", "MOVE", "CHILDREN", "LIST-EXTENDED", "LIST-STATUS", "SPECIAL-USE",
    "CREATE-SPECIAL-USE", "ESEARCH", "SEARCHRES", "WITHIN", "CONDSTORE", "QRESYNC", "MULTIAPPEND", "BINARY", "OBJECTID",
    "SAVEDATE", "PREVIEW", "STATUS=SIZE", "QUOTA", "QUOTA=RES-STORAGE", "UTF8=ACCEPT", "SORT",
    "SORT=DISPLAY", "ESORT", "THREAD=ORDEREDSUBJECT", "THREAD=REFERENCES", "COMPRESS=DEFLATE", "REPLACE", "PARTIAL",
    "METADATA", "NOTIFY", "INPROGRESS", "CONTEXT=SEARCH", "CONTEXT=SORT", "UIDONLY", "ACL", "RIGHTS=texk", "LIST-MYRIGHTS",
)
ENABLED_BY_NAME = ("IMAP4REV2", "CONDSTORE", "QRESYNC", "UTF8=ACCEPT", "UIDONLY")


def list_capabilities(*, is_tls: bool, is_signed_in: bool) -> bytes:
    """The capabilities of a session in this state, separated by spaces."""
    names = list(ALWAYS)
    if is_signed_in:
        names += SIGNED_IN
        names += [f"APPENDLIMIT={of(MailSettings).message_bytes}", f"SAVELIMIT={MAX_MESSAGES}"]
    elif is_tls:
        names += [f"AUTH={mechanism}" for mechanism in MECHANISMS]
    else:
        names += ["STARTTLS", "LOGINDISABLED"]
    return " ".join(names).encode()
