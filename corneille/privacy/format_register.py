"""The register of processing as a page or as a table for a spreadsheet (model of the CNIL, GDPR art. 30)."""

import csv
import io

from corneille.kernel.keeping import BASES, Retention
from corneille.privacy.register import REGISTER

HEADS = {
    "fr": ("Traitement", "Finalité", "Base légale", "Personnes", "Données", "Qui y accède", "Durée", "Purges"),
    "en": ("Processing", "Purpose", "Legal basis", "People", "Data", "Who may see it", "How long", "Purges"),
}


def format_csv(language: str) -> str:
    """One line for each processing, ended by CR LF (RFC 4180)."""
    out = io.StringIO()
    csv.writer(out).writerows((HEADS[language], *(_list_cells(each, language) for each in REGISTER)))
    return out.getvalue()


def format_markdown(language: str) -> str:
    """One table."""
    heads = HEADS[language]
    lines = (heads, ("---",) * len(heads), *(_list_cells(each, language) for each in REGISTER))
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _list_cells(each: Retention, language: str) -> tuple[str, ...]:
    texts = (each.name, each.purpose, BASES[each.basis], each.whose, each.categories)
    said = each.say_seen_by(language), each.say_until(language), each.say_purges(language)
    return (*(text.say(language) for text in texts), *said)
