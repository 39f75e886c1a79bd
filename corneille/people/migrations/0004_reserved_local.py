from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_assignment_subject'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReservedLocal',
            fields=[
                ('local', models.CharField(max_length=64, primary_key=True, serialize=False)),
            ],
        ),
    ]
