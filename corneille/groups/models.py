"""Lists, what was written on them by hand, the rules they had. Nothing is deleted: all ends, with its date."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from corneille.groups.decide import Keeper, Writers


def _choices(*values: str) -> list[tuple[str, str]]:
    return [(str(value), str(value)) for value in values]


class Group(models.Model):
    """A list. Its rule is four columns, each "" for any; all four "": nobody is on it but by hand.

    uai        the establishment that it is of, whose head keeps it where `keeper` says so; "" for none
    until_on   the last day included; none: no end is known
    """

    local = models.CharField(max_length=64)
    domain = models.CharField(max_length=253)
    title = models.CharField(max_length=120)
    uai = models.CharField(max_length=8, blank=True, db_index=True)
    keeper = models.CharField(max_length=10, choices=_choices(*Keeper))
    writers = models.CharField(max_length=13, choices=_choices(*Writers))
    rule_uai = models.CharField(max_length=8, blank=True)
    rule_department = models.CharField(max_length=3, blank=True)
    rule_function = models.CharField(max_length=80, blank=True)
    rule_subject = models.CharField(max_length=80, blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["local", "domain"], name="list_address_given_once")]


class FormerRule(models.Model):
    """A rule that a list had until an instant, so that past days can be shown after it was changed."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="former_rules")
    uai = models.CharField(max_length=8, blank=True)
    department = models.CharField(max_length=3, blank=True)
    function = models.CharField(max_length=80, blank=True)
    subject = models.CharField(max_length=80, blank=True)
    until_at = models.DateTimeField()


class Entry(models.Model):
    """A person or another list written on a list by hand, or a person taken out of it by hand, from when until when."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="entries")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    inner = models.ForeignKey(Group, on_delete=models.CASCADE, null=True, related_name="+")
    is_out = models.BooleanField(default=False)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(account=None, inner__isnull=False, is_out=False) | Q(account__isnull=False, inner=None),
                name="entry_of_a_person_or_of_a_list",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["account", "group"], name="entries_of_account")]
