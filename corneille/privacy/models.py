"""The purges that were run: by day, so that the report has a year in few rows."""

from typing import ClassVar

from django.db import models


class PurgeDay(models.Model):
    """What one purge dropped on one day (UTC).

    fault  what stopped the last run; empty when it went through
    """

    code = models.CharField(max_length=40)
    on = models.DateField()
    removed_count = models.BigIntegerField(default=0)
    last_at = models.DateTimeField()
    fault = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["code", "on"], name="purge_once_a_day")]
