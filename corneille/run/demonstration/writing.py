"""Writes the letters of a topic: text, sometimes HTML beside it, sometimes something attached."""

import random
from dataclasses import dataclass, replace
from datetime import datetime
from html import escape

from corneille.run.demonstration.attachment import File, make_attachment, make_docx, make_odt, make_pdf, make_png, make_table
from corneille.run.demonstration.letter import Correspondent, Letter, Part, make_multipart, make_text
from corneille.run.demonstration.topic import Details, Topic, draw_details, fill

GREETINGS = ("Bonjour,", "Chères et chers collègues,", "Madame, Monsieur,", "Bonjour à toutes et à tous,")
CLOSINGS = ("Bien cordialement,", "Cordialement,", "Bien à vous,", "Avec mes remerciements,", "Bonne fin de journée,")
GENERAL = (
    "N’hésitez pas à me joindre si un point n’est pas clair.",
    "Ce message remplace celui de la semaine dernière, où une date était erronée.",
    "Les documents sont également dans l’espace partagé, rubrique « Équipe ».",
    "Merci de répondre à ce message, même si vous n’êtes pas disponible.",
    "Nous ferons le point à la prochaine réunion ; toutes les idées sont bienvenues.",
    "Le café sera prêt dès 7\u00a0h\u00a045, et il y aura des teurgoules.",
    "Pensez à vérifier que vos coordonnées sont à jour auprès du secrétariat.",
    "Je reste à votre disposition au 02\u00a061\u00a091\u00a012\u00a034, de préférence le matin.",
    "Un rappel vous sera adressé deux jours avant l’échéance.",
    "La salle est équipée d’un tableau numérique ; apportez seulement votre clé.",
    "Les élèves à besoins particuliers bénéficient d’un tiers de temps supplémentaire, comme d’habitude.",
    "En cas d’alerte météorologique, un message sera envoyé avant 6\u00a0h\u00a030.",
)
PROGRAMS = ("Corneille", "Mozilla Thunderbird", "K-9 Mail", "Evolution 3.56")
STYLE = (
    "body{font-family:Arial,sans-serif;font-size:15px;line-height:1.5;color:#1e1e1e}"
    "table.cadre{border-collapse:collapse;width:100%;max-width:640px}"
    "td.bandeau{background:#21436b;color:#ffffff;padding:12px 16px;font-weight:bold}"
    "td.texte{padding:16px;border:1px solid #cccccc}"
)


@dataclass(frozen=True, slots=True)
class Habits:
    """How often letters have something more than plain text."""

    html: float = 0.45
    attachment: float = 0.2


def write_letter(
    chance: random.Random,
    topic: Topic,
    sender: Correspondent,
    to: tuple[Correspondent, ...],
    at: datetime,
    habits: Habits = Habits(),  # immutable
) -> Letter:
    """A letter of this topic."""
    details = draw_details(chance, at)
    text = _write_text(chance, topic, details, sender)
    subject = fill(chance.choice(topic.subjects), details)
    identity = f"{at:%Y%m%d}.{chance.getrandbits(48):012x}"
    content = make_body(text, subject, identity, with_html=chance.random() < habits.html)
    if chance.random() < habits.attachment:
        file = _draw_file(chance, topic, details)
        content = make_multipart("mixed", (content, make_attachment(file)), f"piece-{identity}")
    letter = Letter(sender, to, subject, at, content, identity, program=chance.choice(PROGRAMS))
    if topic.writer == "liste":
        name = sender.address.partition("@")[0]
        extra = (f"List-Id: <{name}.listes.example>", f"List-Post: <mailto:{sender.address}>", "Precedence: list")
        letter = replace(letter, extra=extra, reply_to=sender)
    return letter


def write_reply(
    chance: random.Random,
    before: Letter,
    before_text: str,
    sender: Correspondent,
    to: tuple[Correspondent, ...],
    at: datetime,
) -> tuple[Letter, str]:
    """An answer that quotes what it answers; returns it and its text, to be quoted in turn."""
    words = " ".join(chance.sample(ANSWERS, chance.randrange(1, 4)))
    quoted = "\n".join(f"> {line}" if line else ">" for line in before_text.split("\n")[:24])
    text = (
        f"{chance.choice(('Bonjour,', 'Bonjour ' + before.sender.name.split(' ')[0] + ',', 'Merci !'))}\n\n{words}\n\n"
        f"{sender.name}\n\nLe {before.at:%d/%m/%Y} à {before.at:%H:%M}, {before.sender.name} a écrit\u00a0:\n{quoted}\n"
    )
    subject = before.subject if before.subject.startswith("Re: ") else f"Re: {before.subject}"
    identity = f"{at:%Y%m%d}.{chance.getrandbits(48):012x}"
    content = make_body(text, subject, identity, with_html=chance.random() < 0.3)
    host = before.sender.address.rpartition("@")[2]
    references = (*before.references, f"{before.id}@{host}")
    return Letter(sender, to, subject, at, content, identity, references=references, program=before.program), text


ANSWERS = (
    "C’est noté, je serai présente.",
    "Je ne pourrai malheureusement pas venir : j’ai cours à cette heure-là.",
    "Est-il possible de décaler d’une demi-heure ?",
    "Très bonne idée. Je m’occupe de la réservation de la salle et du vidéoprojecteur.",
    "J’ajoute Hélène en copie, elle connaît bien le dossier.",
    "Voici ma proposition ; corrigez sans hésiter.",
    "Où peut-on trouver la dernière version du document ?",
    "Merci pour ta réponse rapide, cela m’aide beaucoup. 😊",
    "Les familles ont toutes répondu sauf deux, je les appelle demain.",
    "D’accord sur le principe, mais attention au budget : il reste peu de crédits.",
    "Je transmets à l’intendance et je reviens vers vous.",
    "Peut-on en parler à la récréation de dix heures ?",
)


def make_body(text: str, title: str, identity: str, *, with_html: bool) -> Part:
    """The text alone, or beside the same in HTML."""
    plain = make_text(text)
    if not with_html:
        return plain
    paragraphs = "".join(f"<p>{escape(each).replace(chr(10), '<br>')}</p>\n" for each in text.strip().split("\n\n"))
    page = (
        f'<!DOCTYPE html>\n<html lang="fr"><head><meta charset="utf-8"><title>{escape(title)}</title>\n'
        f"<style>{STYLE}</style></head>\n"
        f'<body><table class="cadre" role="presentation"><tr><td class="bandeau">{escape(title)}</td></tr>\n'
        f'<tr><td class="texte">\n{paragraphs}</td></tr></table></body></html>\n'
    )
    return make_multipart("alternative", (plain, make_text(page, "html")), f"choix-{identity}")


def _write_text(chance: random.Random, topic: Topic, details: Details, sender: Correspondent) -> str:
    paragraphs = chance.sample(topic.paragraphs, min(len(topic.paragraphs), chance.randrange(2, 5)))
    paragraphs += chance.sample(GENERAL, chance.randrange(0, 5))
    told = "\n\n".join(fill(each, details) for each in paragraphs)
    return f"{chance.choice(GREETINGS)}\n\n{told}\n\n{chance.choice(CLOSINGS)}\n\n-- \n{sender.name}\n{sender.address}\n"


def _draw_file(chance: random.Random, topic: Topic, details: Details) -> File:
    """A file about the same matter; few different ones, so that each is made once."""
    paragraphs = topic.paragraphs
    number = details.numero % 5
    match chance.randrange(5):
        case 0:
            return make_pdf(f"{topic.key}-{number}.pdf", topic.key.capitalize(), _plain_lines(paragraphs))
        case 1:
            return make_odt(f"Compte rendu {number}.odt", _plain_lines(paragraphs))
        case 2:
            return make_docx(f"Préparation {number}.docx", _plain_lines(paragraphs))
        case 3:
            rows = tuple((f"Élève {each}", str(each * 7 % 21), "oui" if each % 3 else "non") for each in range(28))
            return make_table(f"liste-{number}.csv", (("Nom", "Note", "Autorisation"), *rows))
        case _:
            return make_png(f"plan-{number}.png", 320, 200, (40 * number, 90, 200 - 30 * number))


def _plain_lines(paragraphs: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(each.replace("{", "").replace("}", "") for each in paragraphs)
