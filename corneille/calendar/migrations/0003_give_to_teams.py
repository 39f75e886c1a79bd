"""Agendas in which a team or an establishment writes without an end belonged to whom had made them: they are theirs now.

Those with private events stay a person's, since the head of the establishment would read them: their page hands them over.
"""

from django.db import migrations

FIRST, WRITE, MANAGE = "agenda", 3, 4
GROUPS = ("team", "establishment")


def give(apps, schema_editor):
    for row in apps.get_model("calendar", "Calendar").objects.exclude(owner=None).exclude(slug=FIRST):
        groups = [each for each in row.shares.all() if each.to.split("/")[0] in GROUPS]
        if len(groups) != 1 or groups[0].level != WRITE or groups[0].until_on is not None:
            continue
        if row.objects_kept.filter(is_private=True).exists():
            continue
        [group], maker = groups, row.owner_id
        kind, uai = group.to.split("/")[:2]
        row.owner_id, row.uai, row.team = None, uai, group.to if kind == "team" else ""
        row.save(update_fields=["owner", "uai", "team"])
        told = {"level": MANAGE, "from_on": group.from_on, "until_on": None, "made_by": maker, "made_at": group.made_at}
        row.shares.update_or_create(to=f"person/{maker}", defaults=told)


class Migration(migrations.Migration):
    dependencies = [("calendar", "0002_team")]
    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
