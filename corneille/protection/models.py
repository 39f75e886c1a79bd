"""Incidents: what was reported, by what it is known, who got it, what was done, and what was taken out of mailboxes."""

from typing import ClassVar

from django.conf import settings
from django.db import models

PHISHING, UNWANTED, HARMLESS = "phishing", "unwanted", "harmless"
VERDICTS = (PHISHING, UNWANTED, HARMLESS)

class Incident(models.Model):
    """One campaign of deceptive messages, from its first report to its end.

    verdict       one of VERDICTS; "" until somebody judges
    french_advice, english_advice  what to say to people, in the words of who looks after it
    """

    title = models.CharField(max_length=200)
    sender_name = models.CharField(max_length=100, blank=True)
    sender_address = models.CharField(max_length=320, blank=True)
    opened_at = models.DateTimeField(db_index=True)
    verdict = models.CharField(max_length=10, blank=True)
    judged_at = models.DateTimeField(null=True)
    french_advice = models.TextField(blank=True)
    english_advice = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True, db_index=True)


class Report(models.Model):
    """One letter that one person reported.

    title    its subject
    content  names the kept octets, of the message or its beginning
    letter   by which the same letter is known in another mailbox (`campaign.make_letter`)
    verdict  what its reporter was told of it last; "": nobody has judged it
    """

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="reports")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    way = models.CharField(max_length=8)  # "page" or "forward"
    title = models.CharField(max_length=200, blank=True)
    content = models.CharField(max_length=64)
    letter = models.CharField(max_length=64, blank=True, db_index=True)
    verdict = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["incident", "account", "letter"], name="letter_once_by_person")
        ]
        indexes: ClassVar = [models.Index(fields=["account", "-at"], name="report_of_account")]


class Trait(models.Model):
    """A mark (`transport/marks`) by which messages are known as of this campaign; refused: what bears it goes to Junk.

    report  which one brought it: it is judged when that one is
    """

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="traits")
    report = models.ForeignKey(Report, on_delete=models.SET_NULL, null=True, related_name="traits")
    mark = models.CharField(max_length=300, db_index=True)
    is_refused = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["incident", "mark"], name="trait_once_by_incident")]


class Receiver(models.Model):
    """Somebody who got a message of the campaign, as far as it was found in their mail."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="receivers")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["incident", "account"], name="receiver_once_by_person")]


class Step(models.Model):
    """What was done about an incident, by whom; nothing is taken back."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="steps")
    at = models.DateTimeField()
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    action = models.CharField(max_length=20)
    data = models.JSONField(default=dict)


class Removal(models.Model):
    """One removal of a campaign from every mailbox, and its undoing; `lease_until`: a process is at it."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="removals")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10)
    asked_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)


class RemovedCopy(models.Model):
    """One message taken out of one mailbox, with all that is needed to put it back as it was.

    state  "kept": its octets are safe, it is still there; "removed"; "restored"
    """

    removal = models.ForeignKey(Removal, on_delete=models.CASCADE, related_name="copies")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    message = models.BigIntegerField()
    folder = models.CharField(max_length=1000)
    flags = models.TextField(blank=True)
    received_at = models.DateTimeField()
    content = models.CharField(max_length=64)
    state = models.CharField(max_length=10)
    problem = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["removal", "message"], name="copy_once_by_removal")]
        indexes: ClassVar = [models.Index(fields=["removal", "state"], name="copies_by_state")]
