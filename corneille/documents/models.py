"""A document that somebody shares by a link. Its file is named by `name`, and goes before its row."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class SharedDocument(models.Model):
    """A document behind a link.

    letter    the key of the letter that it goes with: the same file of one letter is one document, however often it is sent
    until_on  the last day on which it is there; `is_ended`: its owner has ended it before
    has_file  whether its file may still be on the disk
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=32, unique=True)
    letter = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    filename = models.CharField(max_length=120)
    size_bytes = models.PositiveBigIntegerField()
    shared_at = models.DateTimeField()
    until_on = models.DateField(db_index=True)
    is_ended = models.BooleanField(default=False)
    has_file = models.BooleanField(default=True)
    openings_count = models.PositiveIntegerField(default=0)
    last_opened_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["owner", "letter", "digest"], name="document_shared_once")]
