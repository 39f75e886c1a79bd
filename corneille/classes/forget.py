"""Forgets classes whose school year is over, with all their people."""

from datetime import datetime

from corneille.classes.models import SchoolClass
from corneille.kernel.today import today


def forget_classes(now: datetime) -> int:
    """Gives how many classes."""
    over = list(SchoolClass.objects.filter(until_on__lt=today(now)).values_list("pk", flat=True))
    SchoolClass.objects.filter(pk__in=over).delete()
    return len(over)
