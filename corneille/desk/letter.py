"""The activation letter as PDF: one page for each person, to hand over in person. It holds the code."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import segno
from fpdf import FPDF

QR_MM = 45
MARGIN_MM = 22
NEAREST: dict[int, str] = {ord("’"): "'", ord("œ"): "oe", ord("Œ"): "Oe", ord("…"): "...", ord("–"): "-", ord("—"): "-"}


@dataclass(frozen=True, slots=True)
class Letter:
    """What stands in one letter."""

    name: str
    establishment: str
    identifier: str
    address: str
    code: str
    url: str
    academie: str
    until: str


def draw_letters(letters: Sequence[Letter]) -> bytes:
    """One PDF, a page for each."""
    pdf = FPDF(format="A4")
    pdf.set_title("Lettres d'activation")
    pdf.set_lang("fr")
    pdf.set_margins(MARGIN_MM, MARGIN_MM)
    for letter in letters:
        _draw(pdf, letter)
    return bytes(pdf.output())


def _draw(pdf: FPDF, letter: Letter) -> None:
    pdf.add_page()
    _line(pdf, letter.academie, size=10)
    _line(pdf, letter.establishment, size=10, after=14)
    _line(pdf, letter.name, size=14, bold=True, after=10)
    _line(pdf, "Votre compte de messagerie vous attend", size=18, bold=True, after=4)
    _line(pdf, "Cette lettre vous est remise en mains propres. Elle vaut une fois, jusqu'au " + letter.until + ".", after=8)
    told = (("Identifiant", letter.identifier), ("Adresse", letter.address), ("Code d'activation", letter.code))
    for label, value in told:
        _line(pdf, label, size=10)
        _line(pdf, value, size=15, bold=True, after=4)
    _line(pdf, "1. Ouvrez cette page, ou visez le carré avec un téléphone :", after=1)
    _line(pdf, letter.url, bold=True, after=3)
    drawing = io.BytesIO()
    segno.make(f"{letter.url}?code={letter.code}", error="m").save(drawing, kind="png", scale=8, border=2)
    pdf.image(drawing, w=QR_MM, alt_text=letter.url)
    pdf.ln(4)
    _line(pdf, "2. Donnez votre NUMEN ou l'identifiant ci-dessus, votre date de naissance et le code.", after=1)
    _line(pdf, "3. Choisissez votre mot de passe. Personne d'autre ne le connaît, et nul ne vous le demandera.", after=8)
    _line(pdf, "Vous pouvez vous interrompre : la même lettre vaut tant que le mot de passe n'est pas choisi.", size=10)


def _line(pdf: FPDF, text: str, *, size: int = 12, bold: bool = False, after: float = 0) -> None:
    pdf.set_font("helvetica", "B" if bold else "", size)
    pdf.multi_cell(0, size * 0.55, _printable(text), new_x="LMARGIN", new_y="NEXT")
    pdf.ln(after)


def _printable(text: str) -> str:
    """What the fonts that every printer has can draw (Latin-1): other signs are drawn as their nearest."""
    nearest = text.translate(NEAREST)
    return nearest.encode("latin-1", "replace").decode("latin-1")
