"""Puts people in the place of lists, before anything is filed or queued: the relay delivers each address by itself.

A list counts as its people, for the limit of recipients and for bursts: a stolen account reaches no more people by lists
than without them.
"""

from dataclasses import replace
from datetime import datetime

from corneille.groups.audience import Audience, find_audience
from corneille.kernel.ids import AccountId
from corneille.people.address import resolve_address
from corneille.transport.list_header import format_list_fields
from corneille.transport.values import Envelope


def expand(envelope: Envelope, writer: AccountId | None, now: datetime) -> tuple[Envelope, Audience]:
    """The envelope for people alone, each once: who is named by an address of their own has that copy, no list's.

    writer  None: somebody from outside
    refuses  ListRefused
    """
    audience = find_audience(writer, envelope.recipients, now)
    if not audience.lists:
        return envelope, audience
    named = {resolve_address(each) for each in audience.rest}
    added: dict[str, bytes] = {}
    for reached in audience.lists:
        fields = format_list_fields(reached.group)
        added |= {person.address: fields for person in reached.people if person.account not in named}
    return replace(envelope, recipients=(*audience.rest, *added), added={**envelope.added, **added}), audience
