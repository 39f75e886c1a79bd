"""Takes away the files of documents that are over, then, later, their rows; and files that no row names."""

from datetime import datetime, timedelta

from corneille.documents import folder
from corneille.documents.models import SharedDocument
from corneille.documents.settings import DocumentSettings
from corneille.kernel.settings import of
from corneille.kernel.today import today


def forget_documents(now: datetime) -> int:
    """Gives how many documents are forgotten altogether."""
    for row in SharedDocument.objects.filter(until_on__lt=today(now), has_file=True):
        folder.drop_file(row.name)
        SharedDocument.objects.filter(pk=row.pk).update(has_file=False)
    left = folder.list_left(now)
    for name in set(left) - set(SharedDocument.objects.filter(name__in=left, has_file=True).values_list("name", flat=True)):
        folder.drop_file(name)
    until_on = today(now) - timedelta(days=of(DocumentSettings).kept_days_count)
    return SharedDocument.objects.filter(until_on__lt=until_on).delete()[0]
