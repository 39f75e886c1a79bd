"""A copy of one's data that a disk has no room for: it says so, leaves nothing, and can be asked for again."""

from datetime import timedelta
from pathlib import Path
from secrets import token_bytes

from corneille.mail.append import append
from corneille.mail.mailbox import find_mailbox
from corneille.mail.open_mail_account import create_mail_account
from corneille.mail.values import NewMessage
from corneille.people.account_type import AccountType
from corneille.people.add import NewPerson, add_domain, add_person
from corneille.privacy.export.exporter import Exporter
from corneille.privacy.export.state import ExportShown, ask_export, drop_export, find_export
from corneille.run.ground import Ground, load_settings
from tests.mail.letter import NOON, letter

NOW = NOON + timedelta(days=1)


def test_a_full_disk_is_told_and_left_as_it_was(ground: Ground, small_disk: Path) -> None:
    load_settings(ground.data, ground={"disk_reserve_bytes": 0})
    (ground.data / "exports").symlink_to(small_disk)
    add_domain("ac-demonstration.test", principal=True, now=NOON)
    zoe = add_person(NewPerson(AccountType.TEACHER, "Zoé", "Lefèvre", now=NOON))
    mail = create_mail_account(zoe.id, quota_bytes=10**9)
    inbox = find_mailbox(mail, "INBOX")
    assert inbox is not None
    for number in range(3):
        content = letter(f"{number}") + token_bytes(3_000_000)
        append(mail, inbox.id, [NewMessage(content, NOON)]).result(10)

    def make() -> ExportShown:
        ask_export(zoe.id, NOW)
        by = Exporter()
        while (shown := find_export(zoe.id, NOW)) is not None and shown.state == "asked":
            by.work(NOW)
        assert shown is not None
        return shown

    filler = small_disk / "filler"
    filler.write_bytes(bytes(6_000_000))
    shown = make()
    assert (shown.state, shown.problem) == ("failed", "disk-full")
    assert 0 < shown.done_count < 3
    assert [path.name for path in small_disk.iterdir()] == ["filler"]
    filler.unlink()
    assert make().state == "ready"
    drop_export(zoe.id, NOW)
    assert list(small_disk.iterdir()) == []
