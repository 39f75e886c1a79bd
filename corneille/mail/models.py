"""The main database's row for a mail account: whose it is and where its mail lies; the mail itself is the store's."""

from django.db import models


class MailAccount(models.Model):
    """All the mail of a person or, later, of a position."""

    id = models.AutoField(primary_key=True)
    owner = models.OneToOneField(
        "people.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="mail_account"
    )
    shard = models.PositiveSmallIntegerField(default=0)
    quota_bytes = models.PositiveBigIntegerField()
    has_own_quota = models.BooleanField(default=False)  # set for it alone: `follow_quotas` leaves it
    warned_percent = models.PositiveSmallIntegerField(default=0)  # the step of fullness that its owner was told last
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"mail account {self.pk}"


class ImageSender(models.Model):
    """A sender whose pictures, kept elsewhere, this mail account shows without asking."""

    account = models.ForeignKey(MailAccount, on_delete=models.CASCADE, related_name="image_senders")
    sender = models.CharField(max_length=320)  # an address, lower case
    added_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["account", "sender"], name="mail_image_sender"),)

    def __str__(self) -> str:
        return self.sender


class Signature(models.Model):
    """What stands at the end of the letters that are written on the pages, in one language."""

    account = models.ForeignKey(MailAccount, on_delete=models.CASCADE, related_name="signatures")
    language = models.CharField(max_length=2)
    text = models.TextField()
    written_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["account", "language"], name="mail_signature"),)

    def __str__(self) -> str:
        return f"{self.language} of {self.account}"
