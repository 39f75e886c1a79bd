"""A table that somebody gives to a page: a file, or lines pasted out of a spreadsheet."""

from collections.abc import Callable

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from corneille.wire.table.read import FILE_BYTES


def read_given(request: HttpRequest, decode: Callable[[bytes], str]) -> str:
    """The text of the file if there is one, else the lines. Raises what `decode` does, also for a file that is too big."""
    file = request.FILES.get("fichier")
    if not isinstance(file, UploadedFile):
        return request.POST.get("texte", "")
    return decode(file.read(FILE_BYTES + 1))
