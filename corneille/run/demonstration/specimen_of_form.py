"""Letters of unusual form: old charsets, messages inside messages, emoji, endless or absent subjects, wide HTML, images
shown inside the text, very long texts."""

import random
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from corneille.run.demonstration.attachment import make_attachment, make_pdf, make_png
from corneille.run.demonstration.correspondent import draw_outsider
from corneille.run.demonstration.letter import (
    Correspondent,
    Letter,
    Part,
    encode_words,
    make_attached_message,
    make_multipart,
    make_text,
    render,
)  # fmt: skip
from corneille.run.demonstration.posted import Reader
from corneille.run.demonstration.topic import TOPICS
from corneille.run.demonstration.writing import GENERAL, Habits, write_letter

Make = Callable[[random.Random, Reader, datetime], Letter]


def write_unusual_letters(chance: random.Random, reader: Reader, now: datetime) -> Iterator[Letter]:
    """One of each form, spread over four months."""
    for make in _FORMS:
        at = (now - timedelta(days=chance.random() * 120, minutes=chance.randrange(600))).replace(microsecond=0)
        yield make(chance, reader, at)


def _letter(
    chance: random.Random, reader: Reader, at: datetime, subject: str, content: Part, sender: Correspondent | None = None
) -> Letter:
    writer = sender or draw_outsider(chance, "partenaire.example")
    return Letter(writer, (reader.correspondent,), subject, at, content, f"{chance.getrandbits(64):016x}")


def _in_charset(charset: str, encoding: str, subject: str, text: str) -> Make:
    def make(chance: random.Random, reader: Reader, at: datetime) -> Letter:
        letter = _letter(chance, reader, at, "", make_text(text, charset=charset, encoding=encoding))
        word_encoding = "B" if charset.startswith(("iso-2022", "koi8", "utf")) else "Q"
        subject_line = f"Subject: {encode_words(subject, charset, word_encoding)}"
        return Letter(
            letter.sender, letter.to, "", at, letter.content, letter.id, extra=(subject_line,), program="Vieux Courrier 4.1"
        )

    return make


def _write_nested(chance: random.Random, reader: Reader, at: datetime) -> Letter:
    """A message in a message in a message."""
    topic, sender = chance.choice(TOPICS), draw_outsider(chance)
    inner = render(write_letter(chance, topic, sender, (reader.correspondent,), at, Habits(1, 1)))
    for depth in (2, 1):
        identity = f"transfert{depth}.{chance.getrandbits(40):010x}"
        content = make_multipart(
            "mixed",
            (make_text("Pour information, message ci-joint.\n"), make_attached_message(inner, f"message {depth}.eml")),
            f"t-{identity}",
        )
        letter = _letter(chance, reader, at, f"{'Tr: ' * (3 - depth)}Message transféré", content)
        inner = render(letter)
    return letter


def _write_related(chance: random.Random, reader: Reader, at: datetime) -> Letter:
    """HTML with an image of its own inside the text, and a file beside."""
    identity = f"{chance.getrandbits(48):012x}"
    page = (
        '<html><body><p>Voici le plan de la salle pour <b>l’exposition</b>&nbsp;:</p>'
        f'<p><img src="cid:plan.{identity}@partenaire.example" alt="Plan de la salle" width="480"></p>'
        '<p style="color:#005">À bientôt&nbsp;!</p></body></html>\n'
    )
    drawing = make_png("plan.png", 480, 300, (70, 120, 90))
    image = make_attachment(drawing, content_id=f"plan.{identity}@partenaire.example")
    related = make_multipart("related", (make_text(page, "html", "windows-1252"), image), f"r-{identity}")
    both = make_multipart("alternative", (make_text("Voici le plan de la salle.\n"), related), f"a-{identity}")
    rules = make_pdf("Règlement de l’exposition.pdf", "Règlement", ("Article 1", "Article 2", "Article 3"))
    content = make_multipart("mixed", (both, make_attachment(rules)), f"m-{identity}")
    return _letter(chance, reader, at, "Plan de l’exposition", content)


def _write_long_subject(chance: random.Random, reader: Reader, at: datetime) -> Letter:
    subject = (
        "Réponse à votre courrier du 3 relatif à la demande de rectification de l’arrêté de nomination des membres "
        "suppléants de la commission consultative académique compétente à l’égard des personnels techniques, "
        "de surveillance, sociaux et de santé – transmission "
        "des pièces complémentaires numérotées de 1 à 27 et du bordereau récapitulatif signé"
    )
    return _letter(chance, reader, at, subject, make_text("Voir l’objet.\n"))


def _write_no_subject(chance: random.Random, reader: Reader, at: datetime) -> Letter:
    content = make_text("J’ai oublié l’objet, désolée. Peux-tu me rappeler ?\n")
    return _letter(chance, reader, at, "", content, draw_outsider(chance))


def _write_emoji(chance: random.Random, reader: Reader, at: datetime) -> Letter:
    text = "Les 3e ont gagné le tournoi ! 🏆⚽\nMerci à l’équipe 👩🏽‍🏫👨‍👩‍👧‍👦 et vive la Normandie 🐄🍎\n"
    return _letter(chance, reader, at, "🎉 Bravo à toutes et à tous 🎉🏅", make_text(text, encoding="base64"))


def _write_long_text(chance: random.Random, reader: Reader, at: datetime) -> Letter:
    """Some 200 kB of plain text, as minutes of a meeting are sometimes pasted."""
    text = "\n\n".join(f"{number}. {chance.choice(GENERAL)} {chance.choice(GENERAL)}" for number in range(1, 1100))
    return _letter(chance, reader, at, "Procès-verbal intégral de la commission", make_text(text + "\n"))


def _write_many_recipients(chance: random.Random, reader: Reader, at: datetime) -> Letter:
    to = tuple(draw_outsider(chance, "collectivite.example") for _ in range(80))
    content = make_text("Veuillez trouver ci-dessous les coordonnées de chacune et chacun.\n")
    letter = _letter(chance, reader, at, "Annuaire des partenaires", content)
    return Letter(letter.sender, to, letter.subject, at, content, letter.id, cc=(reader.correspondent,))


_FORMS: tuple[Make, ...] = (
    _in_charset("iso-8859-1", "quoted-printable", "Réunion reportée à l'été", "Être là à 8h, élèves et professeurs.\n"),
    _in_charset("iso-8859-1", "8bit", "Procès-verbal déjà signé", "Texte à huit bits : éèàçù ÉÈÀÇÙ ÿ «guillemets».\n"),
    _in_charset("iso-8859-15", "quoted-printable", "Devis : 1 250 €, main-d'œuvre", "Total : 1250 € TTC, œuvre comprise.\n"),
    _in_charset("windows-1252", "base64", "L’œuvre « complète » — 12 €", "Guillemets “anglais”, tiret — et points…\n"),
    _in_charset("utf-8", "base64", "Échange avec le Japon : 日本語", "Nos correspondants écrivent : こんにちは。\n"),
    _in_charset("iso-2022-jp", "7bit", "日本の学校からの手紙", "こんにちは。\n来年の春にフランスへ行きます。\n"),
    _in_charset("koi8-r", "base64", "Письмо из школы", "Здравствуйте! Мы будем рады приехать в мае.\n"),
    _in_charset("iso-8859-7", "quoted-printable", "Ανταλλαγή μαθητών", "Καλημέρα, σας περιμένουμε στην Αθήνα.\n"),
    _in_charset("iso-8859-2", "quoted-printable", "Wymiana w Łodzi", "Dzień dobry, zapraszamy do Łodzi w czerwcu.\n"),
    _in_charset("utf-8", "8bit", "مرحبا من الرباط", "مرحبا، نشكركم على الدعوة. Rendez-vous à 14h.\n"),
    _write_nested, _write_related, _write_long_subject, _write_no_subject, _write_emoji, _write_long_text,
    _write_many_recipients,
)  # fmt: skip
