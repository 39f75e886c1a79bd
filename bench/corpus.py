"""Messages of real sizes, made from a seed: 16 kB on average, a third with HTML, one in eight with an attachment.

Their words are as frequent as those of a language (Zipf): some are in every message, most in a few. With twenty words in
all, as these messages once had, an index of words has nothing to tell apart.
"""

import base64
import itertools
import random

COMMON = "de la le et les des en un pour une dans que sur au avec est nous vous par pas ce ne se qui il".split()
WORDS = (
    "réunion conseil de classe emploi du temps élèves professeurs établissement rectorat inspection formation stage "
    "notes bulletin sortie voyage autorisation parents absence remplacement salle réservation matériel budget"
).split()
VOCABULARY = 6000
FIRST_RANK = 100
"""How many words are more frequent than the school's own."""
SENTENCE, SENTENCE_EVERY = "absence remplacement salle", 97
"""What one message in so many says."""


def _make_vocabulary() -> list[str]:
    """The most frequent word first."""
    chance, made = random.Random(0), dict[str, None]()
    while len(made) < VOCABULARY:
        made["".join(chance.choice("bcdfglmnprstv") + chance.choice("aeiou") for _ in range(chance.randint(2, 4)))] = None
    words = [*COMMON, *made]
    return [*words[:FIRST_RANK], *WORDS, *words[FIRST_RANK:]]


_VOCABULARY = _make_vocabulary()
_WEIGHTS = list(itertools.accumulate(1 / rank for rank in range(1, len(_VOCABULARY) + 1)))


def make_messages(count: int, seed: int = 1) -> list[bytes]:
    """`count` messages, the same for the same seed."""
    chance = random.Random(seed)
    return [_make_message(chance, number) for number in range(count)]


def _make_message(chance: random.Random, number: int) -> bytes:
    sender, subject = chance.choice(WORDS), " ".join(chance.choices(WORDS, k=6))
    lines = [
        " ".join(chance.choices(_VOCABULARY, cum_weights=_WEIGHTS, k=14)) for _ in range(int(chance.lognormvariate(3.4, 1)))
    ]
    if number % SENTENCE_EVERY == 0:
        lines.append(SENTENCE)
    text = "\r\n".join(lines)
    encoded_subject = base64.b64encode(subject.encode()).decode()
    head = (
        f"Received: from out.example by in.example; Mon, 2 Nov 2026 08:{number % 60:02d}:00 +0100\r\n"
        f"From: {sender.encode('ascii', 'ignore').decode()} Martin <m{number % 997}@ac-demonstration.test>\r\n"
        f"To: Bench <bench@ac-demonstration.test>\r\nSubject: =?utf-8?b?{encoded_subject}?=\r\n"
        f"Date: Mon, 2 Nov 2026 08:{number % 60:02d}:00 +0100\r\nMessage-ID: <{number}.bench@ac-demonstration.test>\r\n"
        "MIME-Version: 1.0\r\n"
    )
    plain = f"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}\r\n"
    kind = number % 8
    if kind >= 4:
        return (head + plain).encode()
    parts = [plain, plain.replace("text/plain", "text/html").replace("\r\n\r\n", "\r\n\r\n<p>", 1)]
    subtype = "alternative"
    if kind == 0:
        subtype = "mixed"
        attached = base64.encodebytes(chance.randbytes(int(chance.lognormvariate(10.5, 0.8)))).decode().replace("\n", "\r\n")
        parts[1] = (
            'Content-Type: application/pdf; name="n.pdf"\r\nContent-Transfer-Encoding: base64\r\n'
            f'Content-Disposition: attachment; filename="n.pdf"\r\n\r\n{attached}'
        )
    body = "".join(f"--=b{number}\r\n{part}\r\n" for part in parts) + f"--=b{number}--\r\n"
    return (head + f'Content-Type: multipart/{subtype}; boundary="=b{number}"\r\n\r\n' + body).encode()
