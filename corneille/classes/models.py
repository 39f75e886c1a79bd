"""A teacher's class, its pupils, those responsible for them: all go with the class, and the class on its last day."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class SchoolClass(models.Model):
    """A class as one teacher has it; `until_on`: the last day of its school year, after which it is forgotten."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    label = models.CharField(max_length=40)
    uai = models.CharField(max_length=8)
    until_on = models.DateField(db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "uai", "until_on", "label"], name="class_of_teacher_named_once")
        ]


class Pupil(models.Model):
    """A pupil of a class; `address` is "" where there is none."""

    school_class = models.ForeignKey(SchoolClass, on_delete=models.CASCADE, related_name="pupils")
    family_name = models.CharField(max_length=80)
    given_name = models.CharField(max_length=80, blank=True)
    address = models.CharField(max_length=254, blank=True)


class Guardian(models.Model):
    """Somebody responsible for a pupil, who has an address; `role` as it was written: « Mère », « Tuteur »."""

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="guardians")
    family_name = models.CharField(max_length=80, blank=True)
    given_name = models.CharField(max_length=80, blank=True)
    address = models.CharField(max_length=254)
    role = models.CharField(max_length=40, blank=True)
