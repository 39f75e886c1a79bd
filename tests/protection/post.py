"""A letter as it would come in, and the octets that carry it."""

from dataclasses import dataclass, replace
from email.message import EmailMessage
from email.policy import SMTP

from corneille.people.name import fold
from corneille.protection.judge import Home, Sign, is_from_outside, judge
from corneille.protection.read_letter import read_letter
from corneille.wire.mime.scan import scan

DIJON = Home(("ac-dijon.fr",), "Académie de Dijon")
TRACES = {
    "inside": "Received: from authenticated-writer\r\n\tby localhost with HTTPS id M-1;\r\n\t1 Sep 2026 10:00:00 +0200\r\n",
    "outside": "Received: from mx ([203.0.113.9])\r\n\tby localhost with ESMTPS id M-1;\r\n\t1 Sep 2026 10:00:00 +0200\r\n",
    "": "",
}
COLLEAGUES = {"sophie martel", "martel sophie", "paul roy", "roy paul", "anne lefebvre", "lefebvre anne"}


@dataclass(frozen=True, slots=True)
class Post:
    """`origin` "": by the sender's domain. `written`: the reader has written to this address before."""

    name: str
    address: str
    subject: str
    text: str = ""
    html: str = ""
    reply_to: str = ""
    files: tuple[str, ...] = ()
    origin: str = ""
    is_list: bool = False
    written: bool = False

    def make(self) -> bytes:
        message = EmailMessage(policy=SMTP)
        quoted = self.name.replace('"', "'")
        message["From"] = f'"{quoted}" <{self.address}>' if self.name else self.address
        message["To"] = "lucie.morin@ac-dijon.fr"
        message["Subject"] = self.subject
        if self.reply_to:
            message["Reply-To"] = self.reply_to
        if self.is_list:
            message["List-Unsubscribe"] = "<mailto:stop@liste.example>"
        message.set_content(self.text or "Version texte.")
        if self.html:
            message.add_alternative(f"<html><body>{self.html}</body></html>", subtype="html")
        for name in self.files:
            message.add_attachment(b"x", maintype="application", subtype="octet-stream", filename=name)
        is_ours = self.address.endswith("@ac-dijon.fr")
        return TRACES[self.origin or ("inside" if is_ours else "outside")].encode() + message.as_bytes()


def judged(post: Post) -> tuple[Sign, ...]:
    """As `warn` does, with a few colleagues that need no database."""
    content = post.make()
    letter = read_letter(content, scan(content))
    if is_from_outside(letter, DIJON) and " ".join(fold(letter.sender_name).split()) in COLLEAGUES:
        letter = replace(letter, is_colleague_name=True, is_correspondent=post.written)
    return judge(letter, DIJON)
