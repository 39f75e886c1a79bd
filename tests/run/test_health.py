"""/healthz: whether mail can be read, and not only that there is a process."""

from corneille.doors.frame.bridge import Bridge
from corneille.mail.values import MailAccount
from corneille.run import serve
from corneille.run.ground import Ground
from tests.mail.conftest import account, new_account

__all__ = ["account", "new_account"]


async def test_a_mail_index_that_is_gone_is_not_well(ground: Ground, account: MailAccount) -> None:
    bridge = Bridge(1)
    assert await serve._health(bridge) == {"ok": True, "shards": 1}
    aside = (ground.data / "mail/0/index.sqlite3").rename(ground.data / "aside")
    assert await serve._health(bridge) == {"ok": False, "fault": "IndexLost"}
    aside.rename(ground.data / "mail/0/index.sqlite3")
    assert await serve._health(bridge) == {"ok": True, "shards": 1}
    bridge.close()
