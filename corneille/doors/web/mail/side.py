"""What stands beside every mail page: the folders with their names and counts, and the room that is used."""

from dataclasses import dataclass, field

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from corneille.doors.web.person import account_of
from corneille.kernel import clock
from corneille.kernel.ids import AccountId, MailAccountId, MailboxId
from corneille.kernel.refusal import Gone
from corneille.mail.changes import get_quota
from corneille.mail.fullness import find_percent
from corneille.mail.mailbox import find_mailbox, list_mailboxes
from corneille.mail.open_position import PositionMail, list_position_mail
from corneille.mail.settings import list_warned_percents
from corneille.mail.values import MailAccount, Mailbox, Quota, SpecialUse
from corneille.people.position_right import PositionRight

INBOX = "INBOX"

_NAMES: dict[SpecialUse, Promise] = {
    SpecialUse.DRAFTS: _("Drafts"),
    SpecialUse.SENT: _("Sent"),
    SpecialUse.ARCHIVE: _("Archives"),
    SpecialUse.JUNK: _("Junk"),
    SpecialUse.TRASH: _("Bin"),
}
_SIGNS: dict[SpecialUse | None, str] = {
    SpecialUse.DRAFTS: "draft", SpecialUse.SENT: "send", SpecialUse.ARCHIVE: "archive", SpecialUse.JUNK: "junk",
    SpecialUse.TRASH: "trash", None: "folder",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FolderShown:
    """One line of the list of folders; `path` is its whole name in words, `level` how deep it stands."""

    id: MailboxId
    name: str
    path: str
    raw_name: str
    sign: str
    level: int
    message_count: int
    size_bytes: int
    unseen_count: int
    is_current: bool
    is_kept: bool
    special_use: SpecialUse | None

    @property
    def counted(self) -> int:
        """The number beside the name: drafts that wait, else messages unread; nothing for Sent and Bin."""
        if self.special_use is SpecialUse.DRAFTS:
            return self.message_count
        quiet = {SpecialUse.SENT, SpecialUse.TRASH, SpecialUse.ARCHIVE}
        return 0 if self.special_use in quiet else self.unseen_count

    @property
    def is_trash(self) -> bool:
        return self.special_use is SpecialUse.TRASH

    @property
    def is_junk(self) -> bool:
        return self.special_use is SpecialUse.JUNK

    @property
    def is_emptied(self) -> bool:
        """Whether it may be emptied as a whole."""
        return self.is_trash or self.is_junk

    @property
    def is_drafts(self) -> bool:
        return self.special_use is SpecialUse.DRAFTS

    @property
    def is_archive(self) -> bool:
        return self.special_use is SpecialUse.ARCHIVE

    @property
    def is_outgoing(self) -> bool:
        return self.special_use in {SpecialUse.DRAFTS, SpecialUse.SENT}


@dataclass(frozen=True, slots=True)
class PositionShown:
    """The mail of a position beside one's own: its inbox, what is unread there to the person, and what they may do."""

    account: AccountId
    mail: MailAccountId
    label: str
    establishment: str
    inbox: MailboxId
    unseen_count: int
    is_current: bool
    may_write: bool
    may_send: bool


@dataclass(frozen=True, slots=True)
class Side:
    """The column of folders, as templates read it; `positions` are those of the person, whichever mail is open."""

    folders: list[FolderShown]
    current: FolderShown | None
    quota: Quota
    positions: list[PositionShown] = field(default_factory=list)

    @property
    def position(self) -> PositionShown | None:
        """The one whose mail is open; None: the person's own is."""
        return next((each for each in self.positions if each.is_current), None)

    @property
    def may_write(self) -> bool:
        """Whether what lies here may be filed, marked and deleted."""
        return self.position is None or self.position.may_write

    @property
    def used_percent(self) -> int:
        return min(100, find_percent(self.quota))

    @property
    def is_nearly_full(self) -> bool:
        return self.used_percent >= min(list_warned_percents())

    def find(self, special_use: SpecialUse | None) -> FolderShown | None:
        """The folder of this use; None asks for the inbox."""
        if special_use is None:
            return next((each for each in self.folders if each.raw_name == INBOX), None)
        return next((each for each in self.folders if each.special_use is special_use), None)

    def get(self, mailbox: MailboxId) -> FolderShown:
        """Raises Gone for a folder that is not here."""
        for each in self.folders:
            if each.id == mailbox:
                return each
        raise Gone(mailbox=mailbox)


def read_side(request: HttpRequest, account: MailAccount, current: MailboxId | None = None) -> Side:
    """Reads the folders in the order in which they are shown, inbox, special ones, then by name; and the positions."""
    mailboxes = list_mailboxes(account)
    names = {each.name: name_mailbox(each) for each in mailboxes}
    shown = [_show(each, names, is_current=each.id == current) for each in sorted(mailboxes, key=_rank)]
    positions = [_show_position(each, account) for each in list_position_mail(account_of(request), clock.now())]
    now = next((each for each in shown if each.is_current), None)
    return Side(shown, now, get_quota(account), positions)


def _show_position(opened: PositionMail, current: MailAccount) -> PositionShown:
    inbox = find_mailbox(opened.mail, INBOX)
    assert inbox is not None, "every mail account has one"
    position = opened.position
    return PositionShown(
        position.account, opened.mail.id, position.label, position.establishment, inbox.id, inbox.unseen_count,
        is_current=opened.mail.id == current.id, may_write=opened.may(PositionRight.WRITE),
        may_send=opened.may(PositionRight.SEND_AS) or opened.may(PositionRight.ON_BEHALF),
    )  # fmt: skip


def name_mailbox(mailbox: Mailbox) -> str:
    """What a folder is called on pages: its use in the reader's language, or its own last name."""
    if mailbox.name == INBOX:
        return _now("Inbox")
    if mailbox.special_use is not None:
        return str(_NAMES[mailbox.special_use])
    return mailbox.name.rpartition("/")[2]


def _rank(mailbox: Mailbox) -> tuple[int, str]:
    order = [SpecialUse.DRAFTS, SpecialUse.SENT, SpecialUse.ARCHIVE, SpecialUse.JUNK, SpecialUse.TRASH]
    if mailbox.name == INBOX:
        return 0, ""
    if mailbox.special_use is not None:
        return 1 + order.index(mailbox.special_use), ""
    return 9, mailbox.name.casefold()


def _show(mailbox: Mailbox, names: dict[str, str], *, is_current: bool) -> FolderShown:
    parts = mailbox.name.split("/")
    above = [names.get("/".join(parts[:depth]), parts[depth - 1]) for depth in range(1, len(parts))]
    return FolderShown(
        id=mailbox.id,
        name=names[mailbox.name],
        path=" / ".join([*above, names[mailbox.name]]),
        raw_name=mailbox.name,
        sign="inbox" if mailbox.name == INBOX else _SIGNS[mailbox.special_use],
        level=0 if mailbox.special_use is not None else min(len(parts) - 1, 4),
        message_count=mailbox.message_count,
        size_bytes=mailbox.size_bytes,
        unseen_count=mailbox.unseen_count,
        is_current=is_current,
        is_kept=mailbox.name == INBOX or mailbox.special_use is not None,
        special_use=mailbox.special_use,
    )
