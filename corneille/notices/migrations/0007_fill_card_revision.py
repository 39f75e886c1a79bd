"""What a card was to tell stood with its post alone."""

from django.db import migrations


def fill(apps, schema_editor):
    card, post = apps.get_model("notices", "Card"), apps.get_model("notices", "Post")
    for number, revision in post.objects.exclude(revision=1).values_list("pk", "revision").iterator():
        card.objects.filter(post=number).update(revision=revision)


class Migration(migrations.Migration):
    dependencies = [("notices", "0006_card_to_mail")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
