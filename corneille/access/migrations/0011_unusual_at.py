from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("access", "0010_unusual"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="unusualsignin",
            index=models.Index(fields=["at"], name="unusual_at"),
        ),
    ]
