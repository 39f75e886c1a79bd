"""The kernel's two tables of facts: notices to send, and the chained journal.

Accounts are named by their number, without a foreign key: this room knows no people, and what a journal says
stays when an account goes.
"""

from typing import ClassVar

from django.db import models


class Notice(models.Model):
    """Something that a person must be told, once, on every channel that they have.

    key      what makes it the same matter: added twice under one key, it is told once
    due_at   not before: alerts of many people are spread
    told_at  when the last channel took it over; null: still to send
    """

    account = models.BigIntegerField()
    code = models.CharField(max_length=40)
    data = models.JSONField(default=dict)
    key = models.CharField(max_length=120, unique=True)
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["account", "-at"], name="notice_of_account"),
            models.Index(fields=["due_at"], name="notice_to_tell", condition=models.Q(told_at=None)),
        ]


class JournalEntry(models.Model):
    """One line of the journal; `mac` covers the line and the `mac` of the line before it."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    month = models.CharField(max_length=7, db_index=True)
    action = models.CharField(max_length=40)
    actor = models.CharField(max_length=40)
    subject = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict)
    key_id = models.PositiveIntegerField()
    mac = models.CharField(max_length=64)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["subject", "-at"], name="journal_of_subject")]


class JournalHead(models.Model):
    """The one row that says where the journal ends; whoever appends holds it."""

    last_number = models.BigIntegerField(default=0)
    last_mac = models.CharField(max_length=64, blank=True)
    last_month = models.CharField(max_length=7, blank=True)


class JournalSeal(models.Model):
    """A month that is over: what it held, under a mac of its own, so that the lines may go and the chain stay."""

    month = models.CharField(max_length=7, primary_key=True)
    first_number = models.BigIntegerField()
    last_number = models.BigIntegerField()
    first_previous_mac = models.CharField(max_length=64, blank=True)
    last_mac = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True)
    key_id = models.PositiveIntegerField()
    mac = models.CharField(max_length=64)
