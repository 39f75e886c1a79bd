from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notices", "0005_follow_populations")]
    operations = [
        migrations.AddField(
            model_name="card",
            name="revision",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddIndex(
            model_name="card",
            index=models.Index(
                condition=models.Q(("mailed_revision__lt", models.F("revision"))), fields=["id"], name="card_to_mail"
            ),
        ),
    ]
