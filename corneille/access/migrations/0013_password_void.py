from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0012_permissions'),
    ]

    operations = [
        migrations.AddField(
            model_name='password',
            name='is_void',
            field=models.BooleanField(default=False),
        ),
    ]
