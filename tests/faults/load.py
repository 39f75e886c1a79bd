"""What is done to mail accounts under load, and what each must hold afterwards; worker and judge share it."""

from dataclasses import dataclass, field
from random import Random
from zlib import crc32

from corneille.kernel.ids import MailAccountId, Uid
from corneille.mail.fetch import fetch, read_content
from corneille.mail.mailbox import find_mailbox
from corneille.mail.values import MailAccount
from tests.mail.letter import letter

MAILBOXES = ("INBOX", "Archive", "Trash")
SHARED = MailAccount(MailAccountId(100))
"""Everybody delivers to its INBOX as well: one content with two places."""
ENOUGH = 25
ALL = [(Uid(1), Uid(2**32 - 1))]
FLAGS = ("\\Seen", "\\Flagged", "\\Answered", "Rentree")


def content_of(name: str) -> bytes:
    """The message of that name, always the same, of up to 20 kB."""
    return letter(name, "mot " * (crc32(name.encode()) % 5000), message_id=f"<{name}@x>")


@dataclass(frozen=True, slots=True)
class Act:
    """One change. `uid` and `flags` where they are needed; `new_uid` once it is known."""

    kind: str  # append, deliver, flag, copy, move, expunge
    mailbox: str
    name: str = ""
    uid: int = 0
    flags: tuple[str, ...] = ()
    target: str = ""
    new_uid: int = 0


@dataclass(slots=True)
class Held:
    """What a mail account holds: mailbox -> uid -> (name, flags); and the highest UID each mailbox ever gave."""

    messages: dict[str, dict[int, tuple[str, frozenset[str]]]] = field(
        default_factory=lambda: {name: {} for name in MAILBOXES}
    )
    highest: dict[str, int] = field(default_factory=lambda: dict.fromkeys(MAILBOXES, 0))

    def copy(self) -> "Held":
        return Held({name: dict(each) for name, each in self.messages.items()}, dict(self.highest))

    def apply(self, act: Act) -> None:
        """Does it here too. Without `new_uid` (never acknowledged) the next one is taken."""
        own = self.messages[act.mailbox]
        match act.kind:
            case "append" | "deliver":
                self._add(act.mailbox, act.new_uid, (act.name, frozenset(act.flags)))
            case "flag":
                own[act.uid] = (own[act.uid][0], frozenset(act.flags))
            case "copy":
                self._add(act.target, act.new_uid, own[act.uid])
            case "move":
                self._add(act.target, act.new_uid, own.pop(act.uid))
            case "expunge":
                del own[act.uid]
            case _:
                raise ValueError(act.kind)

    def _add(self, mailbox: str, new_uid: int, message: tuple[str, frozenset[str]]) -> None:
        new_uid = new_uid or self.highest[mailbox] + 1
        assert new_uid > self.highest[mailbox], f"UID {new_uid} of {mailbox} was given before"
        self.highest[mailbox] = new_uid
        self.messages[mailbox][new_uid] = message


def choose_act(random: Random, held: Held, name: str) -> Act:
    """The next change; a full mailbox is emptied first."""
    mailbox = random.choice(MAILBOXES)
    uids = list(held.messages[mailbox])
    if len(uids) > ENOUGH:
        return Act("expunge", mailbox, uid=random.choice(uids))
    kind = random.choice(("append", "deliver", "deliver", "flag", "flag", "copy", "move", "expunge"))
    if kind == "deliver" or not uids:
        return Act("deliver", "INBOX", name)
    flags = tuple(sorted(random.sample(FLAGS, random.randint(0, 3))))
    if kind == "append":
        return Act("append", mailbox, name, flags=flags)
    target = random.choice([each for each in MAILBOXES if each != mailbox])
    return Act(kind, mailbox, uid=random.choice(uids), flags=flags if kind == "flag" else (), target=target)


def list_possible(held: Held, begun: Act | None) -> list[dict[str, dict[int, tuple[str, frozenset[str]]]]]:
    """What may be there: with and without the change in flight; expunging is two changes."""
    possible = [held.messages]
    if begun is None:
        return possible
    after = held.copy()
    after.apply(begun)
    possible.append(after.messages)
    if begun.kind == "expunge":
        marked = held.copy()
        name, flags = marked.messages[begun.mailbox][begun.uid]
        marked.messages[begun.mailbox][begun.uid] = (name, flags | {"\\Deleted"})
        possible.append(marked.messages)
    return possible


def read_held(account: MailAccount) -> Held:
    """What the store says; every content is read and compared."""
    held = Held()
    for name in MAILBOXES:
        mailbox = find_mailbox(account, name)
        assert mailbox is not None
        held.highest[name] = mailbox.uid_next - 1
        for row in (row for rows in fetch(account, mailbox.id, ALL) for row in rows):
            content = read_content(account, row.id)
            subject = content.split(b"Subject: ")[1].split(b"\r\n")[0].decode()
            assert content == content_of(subject), f"{subject} is not what was filed"
            held.messages[name][row.uid] = (subject, frozenset(row.flags.split()))
    return held
