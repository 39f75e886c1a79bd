"""What the mail noun says to the doors: plain values, no row of any database."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import ClassVar, NamedTuple

from corneille.kernel.ids import AccountId, MailAccountId, MailboxId, MessageId, ModSeq, ThreadId, Uid
from corneille.kernel.refusal import Gone, Refusal
from corneille.kernel.runs import Runs


class MailboxGone(Gone):
    """No such mailbox, or not this person's."""

    code = "mailbox-gone"


class MailboxExists(Refusal):
    code = "mailbox-exists"


class MailboxNameRefused(Refusal):
    """The name cannot be used; data["why"] is one of empty, too-long, too-deep, reserved, control-character."""

    code = "mailbox-name-refused"


class MailboxKept(Refusal):
    """INBOX and special-use mailboxes cannot be deleted, nor INBOX's kind changed."""

    code = "mailbox-kept"


class OverQuota(Refusal):
    code = "over-quota"
    temporary = True


class MessageTooLarge(Refusal):
    code = "message-too-large"


class TooManyMailboxes(Refusal):
    code = "too-many-mailboxes"


class KeywordRefused(Refusal):
    """Not an RFC 9051 atom, too long, or one keyword too many in this mailbox."""

    code = "keyword-refused"


class SpecialUseTaken(Refusal):
    """Another mailbox of this mail account already has this use (RFC 6154 §3, NO [USEATTR])."""

    code = "special-use-taken"


class TooManyEntries(Refusal):
    """One note more than a mail account may have (RFC 5464, NO [METADATA TOOMANY])."""

    code = "too-many-entries"


class StorageFault(Refusal):
    """The disk answered with an error; nothing was written. Operators see it in the log."""

    code = "storage-fault"
    temporary = True


class IndexLost(Refusal):
    """A shard cannot be read or written until its index is rebuilt; data["why"] is `missing`, `empty` or `corrupt`."""

    code = "index-lost"
    temporary = True


class SpecialUse(StrEnum):
    """RFC 6154 §2, spelled as IMAP spells it."""

    ARCHIVE = "\\Archive"
    DRAFTS = "\\Drafts"
    JUNK = "\\Junk"
    SENT = "\\Sent"
    TRASH = "\\Trash"


SEEN, ANSWERED, FLAGGED, DELETED, DRAFT = "\\Seen", "\\Answered", "\\Flagged", "\\Deleted", "\\Draft"
SYSTEM_FLAGS = (ANSWERED, FLAGGED, DELETED, SEEN, DRAFT)
"""A flag is a str: a system flag as spelled here, or a keyword (`$Forwarded`), compared without case."""


@dataclass(frozen=True, slots=True)
class MailAccount:
    """The gate's answer: whose mail is open, and in which shard. Only `open_mail_account` makes one for a person, and
    `open_position` one for a `reader` among several: then \\Seen is the reader's own (RFC 9051 §2.3.2 allows it).
    """

    id: MailAccountId
    shard: int = 0
    reader: AccountId | None = None


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One folder as it was at `highest_modseq`."""

    id: MailboxId
    name: str  # "/" separates levels; INBOX is spelled so; NFC
    special_use: SpecialUse | None
    is_subscribed: bool
    uid_validity: int
    uid_next: Uid
    highest_modseq: ModSeq
    message_count: int
    unseen_count: int
    deleted_count: int
    size_bytes: int
    first_recent: Uid  # from here no IMAP session had been told, when last written (`recent`)


@dataclass(frozen=True, slots=True)
class View:
    """A mailbox and its messages' UIDs, ascending, as they were at one modseq; shared between sessions, never changed."""

    mailbox: Mailbox
    uids: "array[int]"  # typecode "I"
    first_unseen: Uid | None
    keywords: tuple[str, ...]  # every keyword in use in this mailbox


def instant(seconds: int) -> datetime:
    """Aware UTC from seconds since 1970; what lies outside datetime's years comes back at their edge."""
    return datetime.fromtimestamp(min(max(seconds, _FIRST_S), _LAST_S), UTC)


_FIRST_S, _LAST_S = -62_135_596_800, 253_402_300_799


class Row(NamedTuple):
    """One message's stored facts, ready to send: `envelope`, `body` and `bodystructure` are IMAP text (RFC 9051 §7.5.2).

    A named tuple, not a dataclass: 20,000 of them are made for one FETCH.
    """

    id: MessageId
    uid: Uid
    modseq: ModSeq
    flags: str  # rendered: "\\Seen $Forwarded", canonical order, no parentheses
    received_s: int  # seconds since 1970
    saved_s: int
    size_bytes: int
    thread: ThreadId
    content: int  # the store's number for the bytes; equal for copies (OBJECTID's EMAILID, RFC 8474)
    envelope: bytes | None = None
    body: bytes | None = None
    bodystructure: bytes | None = None
    preview: str | None = None

    @property
    def received_at(self) -> datetime:
        """INTERNALDATE, aware UTC."""
        return instant(self.received_s)

    @property
    def saved_at(self) -> datetime:
        """When it came to this mailbox (RFC 8514), aware UTC."""
        return instant(self.saved_s)


class Want(StrEnum):
    """Columns that cost; the others are always there."""

    ENVELOPE = "envelope"
    BODY = "body"
    BODYSTRUCTURE = "bodystructure"
    PREVIEW = "preview"


class Fact(StrEnum):
    """What a line of text tells of a message without a row being made of it."""

    NUMBER = "number"  # given by who asks
    UID = "uid"
    MODSEQ = "modseq"
    FLAGS = "flags"
    SIZE = "size"
    RECEIVED = "received"
    SAVED = "saved"
    CONTENT = "content"
    THREAD = "thread"
    ENVELOPE = "envelope"
    BODY = "body"
    BODYSTRUCTURE = "bodystructure"


@dataclass(frozen=True, slots=True)
class Summary:
    """One line of a message list."""

    id: MessageId
    uid: Uid
    mailbox: MailboxId
    thread: ThreadId
    sender_name: str
    sender_address: str
    recipients: str  # for Sent: who it went to, in words
    subject: str
    preview: str
    flags: frozenset[str]
    received_at: datetime
    size_bytes: int
    has_attachment: bool
    modseq: ModSeq


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines of a list, newest first; `next` and `previous` are opaque cursors, None at the ends."""

    summaries: Sequence[Summary]
    total_count: int
    position: int  # 0-based place of the first line
    next: str | None
    previous: str | None


@dataclass(frozen=True, slots=True)
class Filed:
    """A message's place (RFC 4315 APPENDUID, COPYUID)."""

    id: MessageId
    mailbox: MailboxId
    uid_validity: int
    uid: Uid
    modseq: ModSeq


@dataclass(frozen=True, slots=True)
class Moved:
    """COPY's or MOVE's result: source UIDs and the UIDs they got, in the same order."""

    mailbox: MailboxId
    uid_validity: int
    source_uids: tuple[Uid, ...]
    uids: tuple[Uid, ...]
    modseq: ModSeq


@dataclass(frozen=True, slots=True)
class Flagged:
    """STORE's result: what changed, what was refused by UNCHANGEDSINCE (RFC 7162 §3.1.3), and the new modseq."""

    changed: tuple[tuple[Uid, ModSeq, str], ...]  # uid, modseq, rendered flags
    unchanged: tuple[tuple[Uid, ModSeq, str], ...]  # asked for, already so
    modified: tuple[Uid, ...]
    modseq: ModSeq
    before: tuple[ModSeq, ...] = ()  # that of each that changed, until then


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened in one mailbox after a modseq: read by IDLE, NOOP, QRESYNC, the web and later JMAP."""

    modseq: ModSeq  # the mailbox's highest now
    uid_next: Uid
    appeared: tuple[Uid, ...]
    changed: tuple[tuple[Uid, ModSeq, str], ...]  # uid, modseq, rendered flags; messages that had been there
    vanished: Runs  # of UIDs
    is_gone: bool = False  # the mailbox itself was deleted


@dataclass(frozen=True, slots=True)
class Quota:
    """RFC 9208: STORAGE in bytes (IMAP says units of 1024), MESSAGE in messages."""

    used_bytes: int
    limit_bytes: int
    message_count: int


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A message to file. `received_at` aware UTC becomes INTERNALDATE; `content` RFC 5322 octets as they came."""

    content: bytes
    received_at: datetime
    flags: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Limits:
    """Hard limits of the format, not settings."""

    MAILBOX_NAME_BYTES: ClassVar[int] = 1000
    MAILBOX_DEPTH: ClassVar[int] = 20
    MAILBOXES: ClassVar[int] = 5000
    KEYWORDS_PER_MAILBOX: ClassVar[int] = 200
    KEYWORD_BYTES: ClassVar[int] = 64
    METADATA_ENTRIES: ClassVar[int] = 1000  # of a mail account
    METADATA_BYTES: ClassVar[int] = 16 * 1024  # of a value
