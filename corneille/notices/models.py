"""Which channel has taken over which notice: what makes a delivery that was cut short go on where it stopped."""

from typing import ClassVar

from django.db import models


class Delivered(models.Model):
    """One notice on one channel: "mailbox", or "contact/12"."""

    notice = models.BigIntegerField()
    channel = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["notice", "channel"], name="notice_once_by_channel")]
