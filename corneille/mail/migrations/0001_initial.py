

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='MailAccount',
            fields=[
                ('id', models.AutoField(primary_key=True, serialize=False)),
                ('shard', models.PositiveSmallIntegerField(default=0)),
                ('quota_bytes', models.PositiveBigIntegerField()),
                ('created_at', models.DateTimeField()),
                ('owner', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mail_account', to=settings.AUTH_USER_MODEL)),
            ],
        ),
    ]
