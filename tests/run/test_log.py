from corneille.run.log import hide_secrets


def test_what_goes_by_a_secrets_name_never_reaches_the_log() -> None:
    event = hide_secrets(None, "info", {"event": "sign-in", "password": "trombone", "Cookie": "a=b", "door": "imap"})
    assert event == {"event": "sign-in", "password": "[hidden]", "Cookie": "[hidden]", "door": "imap"}
