"""Keeps from being put back what people had deleted of a campaign, as long as its removal stands; for nothing else.

Beside `find_copies` the second gate to many people's mail at once: `protection` calls it for an incident, and journals it.
"""

from dataclasses import dataclass
from functools import partial

from corneille.kernel.ids import AccountId
from corneille.mail import queries, store
from corneille.mail.store import deleted as table


@dataclass(frozen=True, slots=True)
class Discarded:
    """A message that its owner removed for good and could put back."""

    number: int
    shard: int
    owner: AccountId
    subject: str


def find_discarded(sender_address: str) -> list[Discarded]:
    """What this address sent and people have deleted since, in whosever mail it lay; case does not matter."""
    owners = queries.list_owners()
    return [
        Discarded(number, shard, AccountId(owners[account]), subject)
        for shard in store.current().list_shards()
        for number, account, subject in table.list_from(store.current().shard(shard).reader(), sender_address)
        if account in owners
    ]


def withhold(discarded: list[Discarded], removal: int) -> int:
    """From now on nobody puts these back; gives how many had not been put back or forgotten meanwhile."""
    count = 0
    for shard in {each.shard for each in discarded}:
        numbers = [each.number for each in discarded if each.shard == shard]
        count += store.current().shard(shard).submit(partial(table.withhold, numbers=numbers, removal=removal)).result()
    return count


def release(removal: int) -> None:
    """Their owners may put back again what this removal withholds, for what is left of its days."""
    for shard in store.current().list_shards():
        store.current().shard(shard).submit(partial(table.release, removal=removal)).result()


def list_withheld(removal: int) -> list[AccountId]:
    """Whose each message is that this removal withholds."""
    owners = queries.list_owners()
    found = [
        account
        for shard in store.current().list_shards()
        for account in table.list_withheld(store.current().shard(shard).reader(), removal)
    ]
    return [AccountId(owners[account]) for account in found if account in owners]
