"""Messages of real sizes, made from a seed: 16 kB on average, a third with HTML, one in eight with an attachment."""

import base64
import random

WORDS = (
    "réunion conseil de classe emploi du temps élèves professeurs établissement rectorat inspection formation stage "
    "notes bulletin sortie voyage autorisation parents absence remplacement salle réservation matériel budget"
).split()


def make_messages(count: int, seed: int = 1) -> list[bytes]:
    """`count` messages, the same for the same seed."""
    chance = random.Random(seed)
    return [_make_message(chance, number) for number in range(count)]


def _make_message(chance: random.Random, number: int) -> bytes:
    sender, subject = chance.choice(WORDS), " ".join(chance.choices(WORDS, k=6))
    text = "\r\n".join(" ".join(chance.choices(WORDS, k=11)) for _ in range(int(chance.lognormvariate(3.4, 1))))
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
