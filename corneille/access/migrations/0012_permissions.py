from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0011_unusual_at'),
    ]

    operations = [
        migrations.AddField(
            model_name='apppassword',
            name='service',
            field=models.CharField(blank=True, default='', max_length=40),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='mailconnection',
            name='service',
            field=models.CharField(blank=True, default='', max_length=40),
            preserve_default=False,
        ),
    ]
