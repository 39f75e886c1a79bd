from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0014_contact_dropped_at_home'),
    ]

    operations = [
        migrations.AddField(
            model_name='onetimecode',
            name='disowned_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name='onetimecode',
            index=models.Index(condition=models.Q(('disowned_at__isnull', False)), fields=['disowned_at'], name='letters_disowned'),
        ),
    ]
