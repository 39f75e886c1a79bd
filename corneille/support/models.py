"""Support requests: what is asked, what was written, each step, and which sheets of accounts were opened."""

from typing import ClassVar

from django.conf import settings
from django.db import models

ACCOUNT = settings.AUTH_USER_MODEL


class SupportRequest(models.Model):
    """One request.

    origin       "person"; "unproved": asked for without signing in (`unproved.py`); or "blocks", "letter": opened by
                 itself, then `key` keeps it from being opened twice
    uai          the establishment that it is about; empty: the person works nowhere
    first_level  where it began; who is below never sees it
    due_at       until when an answer is expected, as it was said when it was asked for; None: support owes none
    over_at      when it was solved, withdrawn or closed; None while it is open
    diagnosis    what stood in the way when it was opened (`diagnosis.py`); never mail content
    consented_at when the person agreed that who deals with it opens the sheet of their account
    """

    account = models.ForeignKey(ACCOUNT, on_delete=models.CASCADE, related_name="+")
    origin = models.CharField(max_length=8)
    key = models.CharField(max_length=60, unique=True, null=True)
    matter = models.CharField(max_length=16)
    uai = models.CharField(max_length=8, blank=True)
    first_level = models.CharField(max_length=16)
    level = models.CharField(max_length=16)
    level_since_at = models.DateTimeField()
    state = models.CharField(max_length=8)
    state_since_at = models.DateTimeField()
    agent = models.ForeignKey(ACCOUNT, on_delete=models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField(db_index=True)
    answered_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    over_at = models.DateTimeField(null=True)
    diagnosis = models.JSONField(default=dict)
    consented_at = models.DateTimeField(null=True)
    satisfaction = models.CharField(max_length=8, blank=True)
    satisfaction_word = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["account", "-opened_at"], name="request_of_account"),
            models.Index(fields=["state", "level"], name="request_by_state"),
        ]


class RequestStep(models.Model):
    """What happened to a request, in order: a message, a change of state or of level, an agreement, a note among agents.

    account   who did it; None: the service, or somebody who has left
    is_agent  done for support, whoever did it
    state     that the step began; the same as before when it changed none
    """

    request = models.ForeignKey(SupportRequest, on_delete=models.CASCADE, related_name="steps")
    at = models.DateTimeField()
    account = models.ForeignKey(ACCOUNT, on_delete=models.SET_NULL, null=True, related_name="+")
    is_agent = models.BooleanField()
    action = models.CharField(max_length=16)
    state = models.CharField(max_length=8)
    level = models.CharField(max_length=16)
    text = models.TextField(blank=True)


class HelpAsked(models.Model):
    """Somebody who is not signed in asked for help; as long a row whether what they typed is anybody's or not.

    account   whose request it becomes; None: nobody's, then nothing of it is kept, and `text` holds spaces alone
    network   as it is counted (`access/network.py`)
    filed_at  when it became a request, or was dropped; text, reference and cause are empty from then on
    """

    account = models.BigIntegerField(null=True)
    network = models.CharField(max_length=45)
    asked_at = models.DateTimeField(db_index=True)
    reference = models.CharField(max_length=14, blank=True)
    cause = models.CharField(max_length=40, blank=True)
    text = models.TextField(blank=True)
    filed_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["network", "-asked_at"], name="help_asked_from")]


class SheetOpening(models.Model):
    """An agent opened the sheet of an account: why ("reason", "consent" or "caller"), and from when."""

    agent = models.ForeignKey(ACCOUNT, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(ACCOUNT, on_delete=models.CASCADE, related_name="+")
    way = models.CharField(max_length=8)
    reason = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["agent", "account", "-at"], name="sheet_opened_by")]
