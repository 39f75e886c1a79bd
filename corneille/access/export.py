"""Everything that this room knows of a person's ways in, for themselves: plain values, ready for JSON."""

from datetime import datetime

from corneille.access.activity import list_attempts
from corneille.access.app_password import list_app_passwords
from corneille.access.device import list_devices
from corneille.access.session import list_sessions
from corneille.kernel import journal
from corneille.kernel.ids import AccountId

LIMIT = 100_000
"""Far above what a person does in a year; an attacked account gives the newest."""

Row = dict[str, object]


def export_access(account: AccountId, now: datetime) -> dict[str, list[Row]]:
    """Attempts, sessions, devices, app passwords and the journal's lines, the newest first; instants in UTC."""
    return {
        "attempts": [
            {
                "at": each.at, "door": each.door, "network": each.network, "country": each.place.country_code,
                "city": each.place.city.english, "program": str(each.program),
                "decision": each.decision, "reason": each.reason, "reference": each.reference,
            }
            for each in list_attempts(account, LIMIT)
        ],
        "sessions": [
            {
                "program": str(each.program), "network": each.network, "started_at": each.started_at,
                "last_seen_at": each.last_seen_at,
            }
            for each in list_sessions(account)
        ],
        "devices": [
            {"program": str(each.program), "created_at": each.created_at, "last_seen_at": each.last_seen_at}
            for each in list_devices(account, now, current=None)
        ],
        "app_passwords": [
            {
                "label": each.label, "scopes": sorted(each.scopes), "created_at": each.created_at,
                "expires_at": each.expires_at, "last_used_at": each.last_used_at, "network": each.last_network_address,
                "permitted_service": each.service,
            }
            for each in list_app_passwords(account)
        ],
        "journal": [
            {"number": line.number, "at": line.at, "action": line.action, "actor": line.actor, "data": line.data}
            for line in journal.list_lines(account, LIMIT)
        ],
    }  # fmt: skip
