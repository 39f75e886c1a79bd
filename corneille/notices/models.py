"""Which channel has taken over which notice, so that a delivery that was cut short goes on where it stopped; and what other
services post for people.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models


class Delivered(models.Model):
    """One notice on one channel: "mailbox", or "contact/12"."""

    notice = models.BigIntegerField()
    channel = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["notice", "channel"], name="notice_once_by_channel")]


class Service(models.Model):
    """Another service of the académie that may post notices; its credential is kept as an HMAC.

    counted_from, written_count  since when, and how much, it has written in the minute that runs
    """

    slug = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    url = models.CharField(max_length=500)
    selector = models.CharField(max_length=12, unique=True)
    mac = models.BinaryField(max_length=32)
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    counted_from = models.DateTimeField(null=True)
    written_count = models.PositiveIntegerField(default=0)


class Post(models.Model):
    """One notice of a service, under the service's own key; the same key posted again changes it.

    content     SHA-256 of what was posted, so that the same post twice changes nothing
    population  types, establishments and functions, where it is for a population; None: for one person
    dealt_at    when the population was last looked up; None: for one person
    """

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="posts")
    key = models.CharField(max_length=200)
    french_title = models.CharField(max_length=150)
    english_title = models.CharField(max_length=150)
    french_text = models.TextField()
    english_text = models.TextField()
    url = models.CharField(max_length=500, blank=True)
    severity = models.CharField(max_length=8)
    valid_until = models.DateTimeField(null=True)
    content = models.BinaryField(max_length=32)
    revision = models.PositiveIntegerField(default=1)
    posted_at = models.DateTimeField()
    population = models.JSONField(null=True)
    dealt_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["service", "key"], name="post_once_by_key")]
        indexes: ClassVar = [
            models.Index(fields=["dealt_at"], name="post_to_deal", condition=models.Q(dealt_at__isnull=False))
        ]


class Card(models.Model):
    """A post as one person has it: read, put away, and the one message that stands for it in their mailbox.

    revision         which revision of the post the message is to tell
    mailed_revision  which one it tells, 0: there is none yet; its Message-ID is made of this and the card's number
    withdrawn_at     since when the person is no longer meant: the row stays until its message is gone
    """

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="cards")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    read_at = models.DateTimeField(null=True)
    dismissed_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=1)
    mailed_revision = models.PositiveIntegerField(default=0)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["post", "account"], name="card_once_by_person")]
        indexes: ClassVar = [
            models.Index(fields=["account"], name="card_open", condition=models.Q(dismissed_at=None)),
            models.Index(fields=["id"], name="card_withdrawn", condition=models.Q(withdrawn_at__isnull=False)),
            # Asked at each wake-up: what waits is found without a look at all that was ever posted.
            models.Index(fields=["id"], name="card_to_mail", condition=models.Q(mailed_revision__lt=models.F("revision"))),
        ]
