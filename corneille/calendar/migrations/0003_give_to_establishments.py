"""Agendas in which an establishment writes without an end belonged to whom had made them: they are the establishment's now.

Only where nobody comes to see more, or less, than before: its head read them already, they hold no private event, and their
maker still works there. All others, those of teams first, are handed over by their owners, on their page.
"""

from django.db import migrations
from django.db.models import Q
from django.utils import timezone

FIRST, WRITE, MANAGE = "agenda", 3, 4
GROUPS = ("team", "establishment")


def give(apps, schema_editor):
    today = timezone.localdate()
    assigned = apps.get_model("people", "Assignment").objects.filter(
        Q(until_on=None) | Q(until_on__gte=today), from_on__lte=today
    )
    for row in apps.get_model("calendar", "Calendar").objects.exclude(owner=None).exclude(slug=FIRST):
        groups = [each for each in row.shares.all() if each.to.split("/")[0] in GROUPS]
        if len(groups) != 1 or groups[0].level != WRITE or groups[0].until_on is not None or groups[0].from_on > today:
            continue
        [group], maker = groups, row.owner_id
        kind, uai = group.to.split("/")[:2]
        people = {f"person/{each}" for each in assigned.filter(establishment__uai=uai).values_list("account_id", flat=True)}
        if kind != "establishment" or f"person/{maker}" not in people:
            continue
        if row.objects_kept.filter(is_private=True).exists():
            continue
        row.owner_id, row.uai = None, uai
        row.save(update_fields=["owner", "uai"])
        row.shares.filter(level=MANAGE).exclude(to__in=people).update(level=WRITE)  # its people alone can be let manage it
        told = {"level": MANAGE, "from_on": group.from_on, "until_on": None, "made_by": maker, "made_at": group.made_at}
        row.shares.update_or_create(to=f"person/{maker}", defaults=told)


class Migration(migrations.Migration):
    dependencies = [("calendar", "0002_team"), ("people", "0001_initial")]
    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
