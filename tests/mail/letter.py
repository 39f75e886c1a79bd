"""Messages for tests."""

from datetime import UTC, datetime, timedelta

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def letter(subject: str = "Bonjour", body: str = "Un mot.", **fields: str) -> bytes:
    """A small message; fields by name, `_` for `-`: `message_id="<1@x>"`."""
    head = {"From": "Jeanne Petit <jeanne@ac.test>", "To": "paul@ac.test", "Subject": subject}
    head |= {name.replace("_", "-").title(): value for name, value in fields.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
    return (
        f"{lines}MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
        f"Content-Transfer-Encoding: 8bit\r\n\r\n{body}\r\n"
    ).encode()


def minutes(count: int) -> datetime:
    """Noon and so many minutes."""
    return NOON + timedelta(minutes=count)
