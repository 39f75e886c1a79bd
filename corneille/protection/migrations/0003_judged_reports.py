from django.db import migrations
from django.db.models import OuterRef, Subquery


def take_verdicts(apps, schema_editor):
    """Who had reported a judged message was told its verdict."""
    report = apps.get_model("protection", "Report")
    verdict = apps.get_model("protection", "Incident").objects.filter(pk=OuterRef("incident")).values("verdict")
    report.objects.filter(verdict="").update(verdict=Subquery(verdict[:1]))


class Migration(migrations.Migration):

    dependencies = [("protection", "0002_letters")]

    operations = [migrations.RunPython(take_verdicts, migrations.RunPython.noop)]
