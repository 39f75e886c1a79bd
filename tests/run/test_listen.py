import pytest

from corneille.kernel.settings import SettingsRefused
from corneille.run.listen import ports_from_base


def test_the_ports_are_counted_from_the_base() -> None:
    assert ports_from_base(8000) == {
        "web_port": 8443, "http_port": 8080, "imap_tls_port": 8993, "imap_port": 8143, "submission_tls_port": 8465,
        "submission_port": 8587, "smtp_port": 8025, "lmtp_port": 8024,
    }  # fmt: skip


@pytest.mark.parametrize("base", [-1, 65000])
def test_a_base_that_leaves_no_room_is_refused(base: int) -> None:
    with pytest.raises(SettingsRefused, match="--port-base"):
        ports_from_base(base)
