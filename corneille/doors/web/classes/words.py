"""Classes in words: what is wrong in a line of a list and what would be right, why a list or a change is refused."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from corneille.classes.make import ClassRefused
from corneille.classes.pupil import GUARDIANS, NAME_CHARS
from corneille.classes.read_list import Fault, ListRefused, Wrong
from corneille.doors.web.kit.formats import format_count, format_size

FAULTS: dict[Wrong, tuple[Promise, Promise]] = {
    Wrong.NO_NAME: (
        _("No pupil is named in this line."),
        _("The line is left out. Write the pupil’s family name in the column of names."),
    ),
    Wrong.EXTRA_CELLS: (
        _("The line has more cells than there are titles: an address could end up beside the wrong name."),
        _("The line is left out. Put a value that holds a separator between quotation marks."),
    ),
    Wrong.BAD_ADDRESS: (
        _("“%(shown)s” is not a mail address."),
        _("The pupil is kept without an address. An address looks like prenom.nom@exemple.fr, one in each cell."),
    ),
    Wrong.BAD_GUARDIAN_ADDRESS: (
        _("“%(shown)s” is not a mail address."),
        _("This guardian is left out. An address looks like prenom.nom@exemple.fr, one in each cell."),
    ),
    Wrong.NO_GUARDIAN_ADDRESS: (
        _("%(shown)s has no mail address."),
        _("This guardian is left out: nothing could be sent. Give an address to write to them."),
    ),
    Wrong.OTHER_ADDRESS: (
        _("“%(shown)s”: an earlier line gives this pupil another address."),
        _("The earlier one is kept. If these are two pupils of one name, add a second given name to one of them."),
    ),
    Wrong.MANY_GUARDIANS: (
        _("More than %(guardians)s people are responsible for this pupil."),
        _("The first %(guardians)s are kept. Leave the others out of the file."),
    ),
    Wrong.LONG_NAME: (
        _("A name is longer than %(chars)s characters."),
        _("Its beginning is kept. Shorten it in the file."),
    ),
}
LIST_REFUSED: dict[str, Promise] = {
    "empty": _("There is nothing to read. Choose a file, or paste the lines of the list, titles of columns included."),
    "spreadsheet": _(
        "This is a spreadsheet or a PDF, not a CSV file. In your spreadsheet: File, Save as, CSV; then choose that file."
    ),
    "too-big": _("The file is bigger than %(size)s: keep the lines of your class alone, and choose it again."),
    "too-long": _("The file has more than %(count)s lines: keep those of your class alone, and choose it again."),
    "malformed": _("From line %(line)s on this is not a CSV file: a quotation mark is not closed. Save it again as CSV."),
    "no-names": _(
        "No column of pupils’ names was found in the first line. It should have titles such as “Nom;Prénom;Courriel élève;"
        "Responsable 1;Courriel responsable 1”. It has: %(titles)s"
    ),
}
REFUSED: dict[str, Promise] = {
    "label": _("A name of 1 to 40 characters."),
    "taken": _("You have a class of this name there this year: open that one, or choose another name."),
    "year": _("Choose this school year or the next."),
    "classes": _("You have %(limit)s classes, the most that one may have: remove one that you no longer need."),
    "pupils": _("A class has %(limit)s pupils at most: bring in the lines of your class alone."),
    "name": _("A family name of 1 to 80 characters."),
    "address": _("An address looks like prenom.nom@exemple.fr."),
    "pupil": _("A pupil of this name is in the class already: correct that one, or add a second given name."),
    "guardians": _("A pupil has %(limit)s guardians at most: remove or correct one of them."),
}


def tell_fault(fault: Fault) -> tuple[str, str]:
    """What is wrong in a line, and what is done and would be right."""
    told, right = FAULTS[fault.wrong]
    data = {"shown": fault.shown, "guardians": GUARDIANS, "chars": NAME_CHARS}
    return str(told) % data, str(right) % data


def tell_list_refusal(refused: ListRefused) -> str:
    """Why nothing of a list is read, and what would be right."""
    limit = int(str(refused.data.get("limit", 0)))
    data = {
        "size": format_size(limit), "count": format_count(limit), "line": refused.data.get("line", ""),
        "titles": refused.data.get("titles", ""),
    }  # fmt: skip
    return str(LIST_REFUSED[str(refused.data["reason"])]) % data


def tell_refusal(refused: ClassRefused) -> str:
    """Why a class was not made or changed, and what would be right."""
    return str(REFUSED[str(refused.data["reason"])]) % refused.data
