"""Takes away copies whose time is over, and files that nobody's row names."""

from datetime import datetime

from corneille.privacy.export import folder
from corneille.privacy.models import Export


def forget_exports(now: datetime) -> int:
    """Gives how many copies were taken away; what failed, or was never made, is forgotten after as long."""
    count = Export.objects.filter(expires_at__lt=now).delete()[0]
    there = folder.list_names()  # before the rows: a file is never older than its row
    for name in there - set(Export.objects.values_list("name", flat=True)):
        folder.drop_files(name)
    return count
