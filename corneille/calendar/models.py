"""Agendas' tables: what a program gave is kept as it was given, beside columns to find it by."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class Calendar(models.Model):
    """One agenda: a person's, an establishment's (`uai`), a team's there (`uai`, `team`), a zone's school holidays (`zone`).

    team       whose it is, as a share names it: "team/0760095R/enseignement", "list/12"; a team's has no owner,
               so that it stays when anybody goes
    slug       its name in addresses, among those of its owner
    sequence   the number of its last change; each change takes the next one in its own transaction
    forgotten  removals up to this change are remembered no more
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    uai = models.CharField(max_length=8, blank=True)
    team = models.CharField(max_length=120, blank=True, default="")
    zone = models.CharField(max_length=1, blank=True)
    slug = models.CharField(max_length=80)
    name = models.CharField(max_length=100)
    colour = models.CharField(max_length=7)
    sequence = models.BigIntegerField(default=0)
    forgotten = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "uai", "slug"], name="calendar_slug_of_owner"),
            models.UniqueConstraint(fields=["zone"], condition=~models.Q(zone=""), name="calendar_of_zone"),
        ]
        indexes: ClassVar = [models.Index(fields=["uai"], name="calendar_of_uai", condition=~models.Q(uai=""))]


class CalendarObject(models.Model):
    """One event or task with all its exceptions, as it came (RFC 4791 §4.1).

    start_at, end_at  the UTC window of everything it says; no end: it repeats for ever
    is_private        CLASS says that only its owner's side reads it
    """

    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="objects_kept")
    name = models.CharField(max_length=255)
    uid = models.CharField(max_length=255)
    component = models.CharField(max_length=10)
    content = models.BinaryField()
    etag = models.CharField(max_length=32)
    start_at = models.DateTimeField(null=True)
    end_at = models.DateTimeField(null=True)
    is_recurring = models.BooleanField(default=False)
    is_private = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["calendar", "name"], name="object_name_in_calendar"),
            models.UniqueConstraint(fields=["calendar", "uid"], name="object_uid_in_calendar"),
        ]
        indexes: ClassVar = [models.Index(fields=["calendar", "start_at"], name="object_from")]


class Change(models.Model):
    """The last change of one name in one agenda: programs ask for those after a number (RFC 6578)."""

    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="changes")
    name = models.CharField(max_length=255)
    sequence = models.BigIntegerField()
    is_gone = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["calendar", "name"], name="change_of_name")]
        indexes: ClassVar = [models.Index(fields=["calendar", "sequence"], name="change_since")]


class Share(models.Model):
    """Who else has an agenda, with which right, from when until when (last day included).

    to  "person/17", "establishment/0760095R", "team/0760095R/enseignement", "list/12"
    """

    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="shares")
    to = models.CharField(max_length=120, db_index=True)
    level = models.PositiveSmallIntegerField()
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    made_by = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["calendar", "to"], name="share_once")]


class Feed(models.Model):
    """A private address at which an agenda is read without signing in; its secret is kept as an HMAC."""

    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="feeds")
    label = models.CharField(max_length=80)
    with_details = models.BooleanField()
    selector = models.CharField(max_length=16, unique=True)
    mac = models.BinaryField(max_length=32)
    made_by = models.BigIntegerField()
    made_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
