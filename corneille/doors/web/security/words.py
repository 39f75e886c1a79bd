"""Verdicts, steps and marks of incidents in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

VERDICTS: dict[str, Promise] = {
    "phishing": _("Phishing"),
    "unwanted": _("Unwanted, not dangerous"),
    "harmless": _("Harmless"),
}
TO_JUDGE = _("To judge")
KINDS = {"": "warning", "phishing": "danger", "unwanted": "info", "harmless": "success"}
STEPS: dict[str, Promise] = {
    "judged": _("Judged: %(verdict)s"),
    "said": _("What to say was written"),
    "removal-asked": _("Removal from every mailbox asked for"),
    "removed": _("Taken out of mailboxes: %(count)s"),
    "undo-asked": _("Putting back asked for"),
    "restored": _("Put back into mailboxes: %(count)s"),
    "cut-off": _("The account of %(name)s was closed: it had been taken over"),
    "closed": _("The incident was ended"),
}
_MARKS: dict[str, Promise] = {
    "id": _("The message itself (%(value)s)"),
    "host": _("Links to %(value)s"),
    "page": _("Links to the page %(value)s"),
}


def name_verdict(verdict: str) -> str:
    """« Hameçonnage »; « À juger » while nobody has."""
    return str(VERDICTS.get(verdict, TO_JUDGE))


def tell_step(action: str, data: dict[str, object]) -> str:
    """What was done."""
    values = {"count": data.get("count", 0), "verdict": name_verdict(str(data.get("verdict", "")))}
    values["name"] = str(data.get("name", ""))
    told, withheld_count = str(STEPS[action]) % values, data.get("withheld", 0)
    if not isinstance(withheld_count, int) or not withheld_count:
        return told
    more = ngettext("%(n)s copy deleted before is withheld", "%(n)s copies deleted before are withheld", withheld_count)
    return f"{told} · {more % {'n': withheld_count}}"


def tell_mark(mark: str) -> str:
    """By what messages are known."""
    kind, _colon, value = mark.partition(":")
    if kind == "look":
        sender, _space, shape = value.partition(" ")
        shown = {"sender": sender, "shape": shape or "–"}
        return _now("Messages from %(sender)s with a subject like “%(shape)s”") % shown
    return str(_MARKS[kind]) % {"value": value}
