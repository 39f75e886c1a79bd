"""What the reports of purges keep: numbers, of nobody."""

from corneille.kernel.keeping import Retention

KEPT: tuple[Retention, ...] = ()
NO_PERSONAL_DATA: dict[str, str] = {"privacy.PurgeDay": "how many rows a purge dropped"}
