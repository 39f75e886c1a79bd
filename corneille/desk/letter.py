"""A letter with a code as PDF: one page for each person, to hand over in person."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import segno
from fpdf import FPDF

from corneille.kernel.settings import Ground, of, portal_address
from corneille.people.find import Person

QR_MM = 45
MARGIN_MM = 22
BESIDE_MM = 115
"""What is left beside the square."""
NEAREST: dict[int, str] = {ord("’"): "'", ord("œ"): "oe", ord("Œ"): "Oe", ord("…"): "...", ord("–"): "-", ord("—"): "-"}


@dataclass(frozen=True, slots=True)
class Matter:
    """What a letter is for, in its own words.

    codes  what each code is called
    path   the page of the portal where one begins; it takes the first code where `is_in_square`
    """

    subject: str
    title: str
    codes: tuple[str, ...]
    path: str
    steps: tuple[str, ...]
    last: str
    is_in_square: bool = True


WHO = "2. Donnez votre NUMEN ou l'identifiant ci-dessus, votre date de naissance et le code"
SECOND_STEP = (
    "À la deuxième étape de la connexion, choisissez « Code remis par l'établissement ou l'assistance » et tapez le code "
    "de deuxième étape. Retirez ensuite le facteur perdu et réglez-en un autre."
)
CONTACTS = "Donnez des coordonnées de secours : la prochaine fois, vous vous débloquerez sans attendre personne."
NOT_ASKED = "Vous n'avez pas demandé cette lettre ? Dites-le à l'assistance : le journal de votre compte sait qui l'a faite."
FOR_SECOND_STEP = "Code de deuxième étape"

ACTIVATION = Matter(
    subject="Lettres d'activation",
    title="Votre compte de messagerie vous attend",
    codes=("Code d'activation",),
    path="/activer",
    steps=(
        f"{WHO} d'activation.",
        "3. Choisissez votre mot de passe. Personne d'autre ne le connaît, et nul ne vous le demandera.",
    ),
    last="Vous pouvez vous interrompre : la même lettre vaut tant que le mot de passe n'est pas choisi.",
)
_NEW = "3. Choisissez votre nouveau mot de passe. Personne d'autre ne le connaît, et nul ne vous le demandera."
_AS_USUAL = "2. Tapez votre identifiant et votre mot de passe."
_FORGOTTEN = "/mot-de-passe-oublie/lettre"
_WHO = f"{WHO} de déblocage."
UNLOCKING = {
    "password": Matter(
        subject="Lettre de déblocage", title="Choisir un nouveau mot de passe", codes=("Code de déblocage",),
        path=_FORGOTTEN, steps=(_WHO, _NEW, f"4. {CONTACTS}"), last=NOT_ASKED,
    ),
    "factor": Matter(
        subject="Lettre de déblocage", title="Vous connecter sans votre second facteur", codes=(FOR_SECOND_STEP,),
        path="/connexion", steps=(_AS_USUAL, f"3. {SECOND_STEP}", f"4. {CONTACTS}"), last=NOT_ASKED,
        is_in_square=False,
    ),
    "both": Matter(
        subject="Lettre de déblocage", title="Retrouver l'accès à votre compte",
        codes=("Code de déblocage", FOR_SECOND_STEP), path=_FORGOTTEN,
        steps=(_WHO, _NEW, f"4. {SECOND_STEP}", f"5. {CONTACTS}"), last=NOT_ASKED,
    ),
}  # fmt: skip
"""By what was lost (`access/unlock`)."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What stands in one letter."""

    name: str
    establishment: str
    identifier: str
    address: str
    codes: tuple[str, ...]
    portal: str
    academie: str
    until: str


def address_letter(person: Person, codes: tuple[str, ...], until: datetime) -> Letter:
    """The letter of one person."""
    return Letter(
        name=person.display_name,
        establishment=person.establishments[0] if person.establishments else "",
        identifier=person.identifier,
        address=person.principal_address,
        codes=codes,
        portal=portal_address(),
        academie=of(Ground).academie,
        until=until.astimezone(ZoneInfo(of(Ground).time_zone)).strftime("%d/%m/%Y"),
    )


def draw_letters(letters: Sequence[Letter], matter: Matter) -> bytes:
    """One PDF, a page for each."""
    pdf = FPDF(format="A4")
    pdf.set_title(matter.subject)
    pdf.set_lang("fr")
    pdf.set_margins(MARGIN_MM, MARGIN_MM)
    for letter in letters:
        _draw(pdf, letter, matter)
    return bytes(pdf.output())


def _draw(pdf: FPDF, letter: Letter, matter: Matter) -> None:
    url = f"{letter.portal}{matter.path}"
    pdf.add_page()
    _line(pdf, letter.academie, size=10)
    _line(pdf, letter.establishment, size=10, after=14)
    _line(pdf, letter.name, size=14, bold=True, after=10)
    _line(pdf, matter.title, size=18, bold=True, after=4)
    _line(pdf, f"Lettre remise en mains propres. Elle vaut une fois, jusqu'au {letter.until} inclus.", after=8)
    drawing = io.BytesIO()
    segno.make(f"{url}?code={letter.codes[0]}" if matter.is_in_square else url, error="m").save(
        drawing, kind="png", scale=8, border=2
    )
    pdf.image(drawing, x=pdf.w - MARGIN_MM - QR_MM, y=pdf.get_y(), w=QR_MM, alt_text=url)
    named = zip(matter.codes, letter.codes, strict=True)
    for label, value in (("Identifiant", letter.identifier), ("Adresse", letter.address), *named):
        _line(pdf, label, size=10, width_mm=BESIDE_MM)
        _line(pdf, value, size=15, bold=True, after=4, width_mm=BESIDE_MM)
    _line(pdf, "1. Ouvrez cette page, ou visez le carré avec un téléphone :", after=1)
    _line(pdf, url, bold=True, after=3)
    for step in matter.steps:
        _line(pdf, step, after=1)
    pdf.ln(7)
    _line(pdf, matter.last, size=10)


def _line(
    pdf: FPDF, text: str, *, size: int = 12, bold: bool = False, after: float = 0, width_mm: float = 0
) -> None:
    pdf.set_font("helvetica", "B" if bold else "", size)
    pdf.multi_cell(width_mm, size * 0.55, _printable(text), align="L", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(after)


def _printable(text: str) -> str:
    """What the fonts that every printer has can draw (Latin-1): other signs are drawn as their nearest."""
    nearest = text.translate(NEAREST)
    return nearest.encode("latin-1", "replace").decode("latin-1")
