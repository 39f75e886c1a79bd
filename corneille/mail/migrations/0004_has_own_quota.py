"""Which mail accounts have a quota of their own: until now nobody wrote it down, but the journal tells."""

from django.db import migrations, models


def find_own(apps, _schema_editor):
    """Those that somebody has changed, as far as the journal goes back, and those that programs read."""
    rows = apps.get_model("mail", "MailAccount").objects
    changed = apps.get_model("kernel", "JournalEntry").objects.filter(action="quota-changed").exclude(subject=None)
    for account in set(changed.values_list("subject", flat=True)):
        rows.filter(owner_id=account).update(has_own_quota=True)
    rows.filter(quota_bytes__in=[2 * 1024**3, 16 * 1024**2]).update(has_own_quota=True)


class Migration(migrations.Migration):
    dependencies = [("mail", "0003_warned_percent"), ("kernel", "0002_journal_month")]

    operations = [
        migrations.AddField(
            model_name="mailaccount", name="has_own_quota", field=models.BooleanField(default=False)
        ),
        migrations.RunPython(find_own, migrations.RunPython.noop),
    ]
