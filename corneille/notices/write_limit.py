"""How much one service may write in a minute, counted in the database: every process sees the same count."""

from datetime import datetime, timedelta

from corneille.kernel.refusal import Refusal
from corneille.kernel.settings import of
from corneille.notices.gateway_settings import Gateway
from corneille.notices.models import Service
from corneille.notices.service import ServiceShown

MINUTE = timedelta(minutes=1)


class TooManyPosts(Refusal):
    """The service has posted as much as it may in a minute. `wait_s`: until it may again, 1 or more."""

    code = "too-many-posts"
    temporary = True

    def __init__(self, slug: str, wait_s: int) -> None:
        super().__init__(service=slug, wait_s=wait_s)
        self.wait_s = wait_s


def count_write(service: ServiceShown, now: datetime) -> None:
    """Counts one more in the caller's transaction: what is not kept is not counted. Raises TooManyPosts."""
    row = Service.objects.select_for_update().get(pk=service.id)
    if row.counted_from is None or not row.counted_from <= now < row.counted_from + MINUTE:
        row.counted_from, row.written_count = now, 0
    if row.written_count >= of(Gateway).posts_per_minute_count:
        raise TooManyPosts(service.slug, int((row.counted_from + MINUTE - now).total_seconds()) + 1)
    row.written_count += 1
    row.save(update_fields=["counted_from", "written_count"])
