"""Copies of their data that people asked for, and what purges did."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class Export(models.Model):
    """The one copy of their data that a person has, from asking to its end.

    state        "asked", "ready" or "failed"; the file `name` is there when it is ready
    done_count   messages written, of `total_count`; they begin anew with each start
    problem      why it failed, a code of `privacy.export.state`
    lease_until  a process is at it
    """

    account = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=40)
    state = models.CharField(max_length=10)
    asked_at = models.DateTimeField()
    start_count = models.PositiveIntegerField(default=0)
    done_count = models.PositiveIntegerField(default=0)
    total_count = models.PositiveIntegerField(default=0)
    missing_count = models.PositiveIntegerField(default=0)
    size_bytes = models.PositiveBigIntegerField(default=0)
    problem = models.CharField(max_length=20, blank=True)
    ended_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True, db_index=True)
    lease_until = models.DateTimeField(null=True)


class PurgeRun(models.Model):
    """What one purge took away when, and the age of the oldest that it left; runs in a row that found nothing are one."""

    code = models.CharField(max_length=40)
    at = models.DateTimeField()
    removed_count = models.PositiveIntegerField()
    oldest_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["code", "at"], name="runs_of_purge")]
