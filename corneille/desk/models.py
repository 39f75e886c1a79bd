"""What is said to people about the service."""

from django.db import models


class Disruption(models.Model):
    """An incident, or works that were planned; its words are in `Word`.

    kind      "incident" or "works"
    affected  what does not work, or may not: codes of `disruption.AFFECTED`
    ends_at   of works: when they are planned to end; of an incident: none until somebody says that it is over
    """

    kind = models.CharField(max_length=8)
    french_title = models.CharField(max_length=120)
    english_title = models.CharField(max_length=120)
    affected = models.JSONField(default=list)
    begins_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField(null=True, db_index=True)


class Word(models.Model):
    """What was said of a disruption at one moment; nothing that was said is taken back."""

    disruption = models.ForeignKey(Disruption, on_delete=models.CASCADE, related_name="words")
    at = models.DateTimeField()
    french = models.TextField()
    english = models.TextField()


class ArticleVersion(models.Model):
    """An article of the FAQ as it was written at one moment; the newest is read, all are kept.

    code      « connexion/se-connecter »
    author    who wrote it, as the journal names people
    """

    code = models.CharField(max_length=80, db_index=True)
    french_title = models.CharField(max_length=120)
    french_text = models.TextField()
    english_title = models.CharField(max_length=120)
    english_text = models.TextField()
    at = models.DateTimeField()
    author = models.CharField(max_length=80)


class LastProbe(models.Model):
    """The one row of the last end-to-end probe."""

    at = models.DateTimeField()
    send_ms = models.PositiveIntegerField()
    read_ms = models.PositiveIntegerField()
    fault = models.CharField(max_length=500, blank=True)
