"""Rights by function, whose names are longer, and how far the people of a decision were told of it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0015_letter_disowned")]

    operations = [
        migrations.AlterField(
            model_name="rightdecided", name="scope", field=models.CharField(db_index=True, max_length=100)
        ),
        migrations.AddField(model_name="rightdecided", name="told_to", field=models.BigIntegerField(null=True)),
    ]
