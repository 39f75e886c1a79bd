from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_moved'),
    ]

    operations = [
        migrations.AddField(
            model_name='assignment',
            name='subject',
            field=models.CharField(blank=True, default='', max_length=80),
        ),
    ]
