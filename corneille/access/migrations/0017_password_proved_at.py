from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0016_rights_by_function'),
    ]

    operations = [
        migrations.AddField(
            model_name='password',
            name='proved_at',
            field=models.DateTimeField(null=True),
        ),
    ]
