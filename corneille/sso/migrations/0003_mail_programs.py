import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0012_permissions'),
        ('sso', '0002_logout'),
    ]

    operations = [
        migrations.AddField(
            model_name='signon',
            name='family',
            field=models.UUIDField(db_index=True, null=True),
        ),
        migrations.AddField(
            model_name='signon',
            name='permission',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='access.apppassword'),
        ),
    ]
