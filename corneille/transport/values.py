"""What transport says to the doors: envelopes, what became of them, and why not."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from corneille.kernel.refusal import Refusal


class UnknownRecipient(Refusal):
    """No such address in one of our domains; data["address"]."""

    code = "unknown-recipient"


class RelayDenied(Refusal):
    """Not our domain, and whoever asks has not signed in; data["address"]."""

    code = "relay-denied"


class MailboxFull(Refusal):
    """The recipient's mail account is full for now; data["address"]."""

    code = "mailbox-full"
    temporary = True


class MailLoop(Refusal):
    """The message has passed through too many servers: it is going round."""

    code = "mail-loop"


class SenderRefused(Refusal):
    """This person may not write under that address; data["address"], data["where"] is "envelope" or
    "from"."""

    code = "sender-refused"


class OnBehalfOnly(SenderRefused):
    """This person writes under the address of that position only with one of their own in Sender; data["address"]."""

    code = "on-behalf-only"


class SendingPaused(Refusal):
    """The writer changes the password first; data["why"]: "soft-landing" or "password-expired", as `access` names it."""

    code = "sending-paused"


class AlreadySent(Refusal):
    """This person has sent a letter with this key: nothing is sent a second time."""

    code = "already-sent"


class AudienceNotConfirmed(Refusal):
    """The letter is for a list, and its writer has not confirmed these very people: nothing is sent."""

    code = "audience-not-confirmed"


class MessageRefused(Refusal):
    """The message cannot be sent as it is; data["why"]: no-from, bad-from, no-recipient,
    too-many-recipients."""

    code = "message-refused"


@dataclass(frozen=True, slots=True)
class Arrival:
    """How a message reached us, for its Received line.

    protocol         RFC 3848: SMTP, ESMTP, ESMTPS, ESMTPA, ESMTPSA, LMTP, LMTPS, with UTF8 before (RFC 6531
    §3.7.3) client_name      what it said in HELO
    network_address  where it spoke from; None is not written: where one of our people sits is nobody's
    business
    """

    protocol: str
    client_name: str = ""
    network_address: str | None = None


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who a message is from and for (RFC 5321 §2.3.1); `reverse_path` "" is the null path.

    added  header fields that stand before the copy of a recipient, by address: of the list that reaches them, or the To of
           a copy of their own; who is here and has no mail among us is told to the writer later, so that nobody waits for it
    """

    reverse_path: str
    recipients: tuple[str, ...]
    arrival: Arrival | None = None
    is_utf8: bool = False  # SMTPUTF8 was asked for
    added: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Once:
    """What makes a letter leave once: `key`, its Message-ID, and the octets that its writer keeps in « Sent ».

    confirmed  the digest (`groups/audience`) of the people whom its writer was shown; "" where no list is named
    """

    key: str
    message_id: str
    copy: bytes
    confirmed: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of a message.

    reference  names it in logs, in Received and in the reply
    waiting    colleagues who could not be served at once (a full mailbox): they are tried again
    is_held    nobody has it yet: it waits in the queue until its writer's account is let go
    refusals   one for each recipient, in the envelope's order; None: filed, or durably queued
    """

    reference: str
    refusals: tuple[Refusal | None, ...]
    waiting: tuple[str, ...] = ()
    is_held: bool = False

    @property
    def is_for_nobody(self) -> bool:
        return all(refusal is not None for refusal in self.refusals)
