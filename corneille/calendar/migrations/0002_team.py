from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("calendar", "0001_initial")]

    operations = [
        migrations.AddField(model_name="calendar", name="team", field=models.CharField(blank=True, default="", max_length=120)),
    ]
