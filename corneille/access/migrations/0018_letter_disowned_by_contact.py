from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0017_password_proved_at'),
    ]

    operations = [
        migrations.AddField(
            model_name='onetimecode',
            name='is_disowned_by_contact',
            field=models.BooleanField(default=False),
        ),
    ]
