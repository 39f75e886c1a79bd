from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0015_letter_disowned'),
    ]

    operations = [
        migrations.AddField(
            model_name='password',
            name='proved_at',
            field=models.DateTimeField(null=True),
        ),
    ]
