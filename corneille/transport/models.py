"""The queue: messages that wait for another server, or for room in one of our mail accounts."""

from django.db import models


class QueuedMessage(models.Model):
    """One message in the queue; its content is the blob `content`, which no other row shares."""

    reference = models.CharField(max_length=32, unique=True)
    content = models.CharField(max_length=64)
    size_bytes = models.PositiveBigIntegerField()
    reverse_path = models.CharField(max_length=320, blank=True)
    writer = models.PositiveBigIntegerField(null=True)  # AccountId of the person who sent it, if one of ours
    is_utf8 = models.BooleanField(default=False)
    is_held = models.BooleanField(default=False)
    held_why = models.CharField(max_length=20, blank=True)  # "containment": let go with its writer; empty: by an operator
    queued_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.reference


class SentCount(models.Model):
    """To how many somebody sent, when: what a burst is recognised by. Kept for a day."""

    writer = models.PositiveBigIntegerField()
    at = models.DateTimeField(db_index=True)
    recipients_count = models.PositiveIntegerField()

    class Meta:
        indexes = (models.Index(fields=["writer", "at"], name="transport_sent_by"),)

    def __str__(self) -> str:
        return f"{self.writer}: {self.recipients_count}"


class SentLetter(models.Model):
    """What a person sent from a page, by the key of its form: a second one with the key is not sent."""

    writer = models.PositiveBigIntegerField()
    key = models.CharField(max_length=32)
    sent_at = models.DateTimeField(db_index=True)
    message_id = models.CharField(max_length=320)
    recipients = models.TextField()  # JSON, a list of addresses
    owed = models.CharField(max_length=64, blank=True)  # the blob of the writer's copy, until it is filed
    copy = models.PositiveBigIntegerField(null=True)  # MessageId of the copy in Sent
    keeper = models.PositiveBigIntegerField(null=True)  # the position whose Sent has the copy; null: the writer's
    claimed_until = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["writer", "key"], name="transport_sent_once"),)

    def __str__(self) -> str:
        return f"{self.writer}: {self.key}"


class QueuedRecipient(models.Model):
    """One recipient of a queued message, with what happened so far."""

    class State(models.TextChoices):
        WAITING = "waiting"
        DELIVERED = "delivered"
        FAILED = "failed"

    message = models.ForeignKey(QueuedMessage, on_delete=models.CASCADE, related_name="recipients")
    address = models.CharField(max_length=320)
    added = models.TextField(blank=True, default="")  # header fields before this copy: of the list that it came by
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempt_count = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField()
    last_reply = models.TextField(blank=True)
    is_warned = models.BooleanField(default=False)
    lease = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["state", "next_try_at"], name="transport_due"),)

    def __str__(self) -> str:
        return f"{self.message_id} → {self.address}"


class UnwantedMark(models.Model):
    """What a message of a known campaign is known by; what arrives with it goes to Junk."""

    mark = models.CharField(max_length=300, unique=True)
    kind = models.CharField(max_length=8, db_index=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.mark
