"""What an operator can set about stored mail."""

from dataclasses import dataclass

from corneille.kernel.settings import SettingsRefused, of, section, setting
from corneille.people.account_type import AccountType


@section("mail")
@dataclass(frozen=True, slots=True)
class MailSettings:
    """Sizes and memory of the mail store."""

    message_bytes: int = setting(50 * 1024 * 1024, "The largest message that is filed, in bytes.")
    quota_bytes: int = setting(5 * 1024**3, "What a new mail account may hold, in bytes, when nothing else is said.")
    quotas_gib: tuple[str, ...] = setting(
        (),
        "What a new mail account may hold, in GiB, where it depends on the account type: `direction=10`, `fonctionnel=20`; "
        "all others: quota_bytes. Those that are there follow with `corneille people apply-quotas`, but for those that "
        "`corneille people set-quota` gave one of their own.",
    )
    quota_warned_percents: tuple[str, ...] = setting(
        ("80", "90", "95"),
        "At how much of the quota, in %, the owner is warned: in the portal, by mail, in the mail program.",
    )
    segment_bytes: int = setting(
        256 * 1024 * 1024, "A segment file that has reached this size is closed and another one begun."
    )
    expunged_count: int = setting(
        10_000,
        "How many expunged UIDs each mailbox remembers at least (twice as many at most). A program that was away "
        "for longer is told every UID that is not there, which is right but longer.",
    )
    search_text_bytes: int = setting(
        256 * 1024, "How much of a message's decoded text is kept for searching; the rest of a longer one is not found."
    )
    search_attachments: bool = setting(
        True, "Whether the words of attached PDF, OOXML and ODF documents are found by the search of the pages."
    )
    search_attachment_bytes: int = setting(256 * 1024, "How much of a document's text is kept for searching.")
    attachment_cpu_s: int = setting(10, "Processor time that one attached document may cost, in its own process.")
    attachment_memory_mib: int = setting(512, "Memory that one attached document may take, in its own process.")
    attachment_time_s: float = setting(20.0, "How long one attached document may be read.")
    keep_deleted_days: int = setting(
        30,
        "How long the octets of a message stay in the segments after it was removed from its last folder, so that it can "
        "be brought back.",
    )
    erase_within_days: int = setting(
        7,
        "How long after keep_deleted_days octets may lie on the disk at most; every segment that holds any is rewritten "
        "once in that time, and so is the search index. Longer: less writing; shorter: gone sooner.",
    )
    compact_share: float = setting(
        0.3,
        "A segment of which this share is to be erased is rewritten without waiting for erase_within_days: a third of "
        "waste is worth the writing of the rest.",
    )
    compact_from_hour: int = setting(
        1, "From this hour (of [ground] time_zone) segments are rewritten; also at any hour while the disk is short."
    )
    compact_until_hour: int = setting(5, "Until this hour segments are rewritten; the same as the first: all day.")
    signature_chars_count: int = setting(
        1000, "The longest signature that people may write for the end of their letters, in characters."
    )
    view_count: int = setting(500, "How many mailboxes' lists of UIDs a process keeps in memory.")
    lock_wait_s: float = setting(
        20.0, "How long a write waits for another process of this machine before it is refused for a time."
    )

    def check(self) -> None:
        """Raises SettingsRefused when a size cannot work."""
        for name, least in (("message_bytes", 1024), ("quota_bytes", 1024), ("segment_bytes", 64 * 1024)):
            if getattr(self, name) < least:
                raise SettingsRefused(f"[mail] {name}: {getattr(self, name)} is too small; at least {least}")
        if self.keep_deleted_days < 0 or self.erase_within_days < 0:
            raise SettingsRefused("[mail] keep_deleted_days and erase_within_days: at least 0")
        if not 0 < self.compact_share <= 1:
            raise SettingsRefused("[mail] compact_share: more than 0 and at most 1")
        if not (0 <= self.compact_from_hour <= 23 and 0 <= self.compact_until_hour <= 23):
            raise SettingsRefused("[mail] compact_from_hour and compact_until_hour: hours of a day, 0 to 23")
        if self.expunged_count < 1 or self.view_count < 1:
            raise SettingsRefused("[mail] expunged_count and view_count: at least 1")
        if not 1 <= self.signature_chars_count <= 10_000:
            raise SettingsRefused("[mail] signature_chars_count: 1 to 10000")
        for each in self.quotas_gib:
            name, _equal, gib = each.partition("=")
            if name not in set(AccountType):
                raise SettingsRefused(f"[mail] quotas_gib: {each!r}: {name!r} is none of {', '.join(AccountType)}")
            if not gib.isdecimal() or int(gib) < 1:
                raise SettingsRefused(f"[mail] quotas_gib: {each!r}: wants TYPE=GIB, such as direction=10")
        if not self.quota_warned_percents or not all(
            each.isdecimal() and 0 < int(each) < 100 for each in self.quota_warned_percents
        ):
            raise SettingsRefused("[mail] quota_warned_percents wants whole numbers between 1 and 99, at least one")


def find_quota_bytes(account_type: str) -> int:
    """What a new mail account of this type may hold."""
    given = dict(each.split("=") for each in of(MailSettings).quotas_gib)
    return int(given[account_type]) * 1024**3 if account_type in given else of(MailSettings).quota_bytes


def list_warned_percents() -> tuple[int, ...]:
    """The steps at which the owner of a mail account is warned."""
    return tuple(int(each) for each in of(MailSettings).quota_warned_percents)
