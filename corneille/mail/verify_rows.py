"""What the main database and the mail store say of one another: no promise spans the two, so each may know of a mail account
that the other has lost."""

from collections.abc import Iterator
from functools import partial

from corneille.kernel.ids import AccountId
from corneille.mail import queries, store
from corneille.mail.store import check
from corneille.mail.store.beginning import begin_mail_account
from corneille.mail.store.mail_account import get_quota, set_quota
from corneille.mail.store.shard import Shard
from corneille.mail.values import MailAccount
from corneille.mail.verify import Finding
from corneille.people.account_type import AccountState
from corneille.people.find import list_people

LEFT = frozenset({AccountState.ENDED, AccountState.MOVED})


def verify_rows(*, repair: bool = False) -> Iterator[Finding]:
    """Compares the two; with `repair` the store is given what the main database says.

    row-lost       the store has a mail account of which the main database knows nothing: nobody can open it
    mail-unbegun   the main database has a mail account of which the store knows nothing; repaired, it begins, empty
    quota-differs  a change of quota did not reach the store
    mail-missing   an account without mail account
    """
    opened = store.current()
    # The store first: a mail account is made in the main database and then there, and is whole where both are read so.
    there = {number: frozenset(check.list_accounts(opened.shard(number).reader())) for number in opened.list_shards()}
    quotas, accounts = queries.list_quotas(), queries.list_mail_accounts()
    for number, ids in there.items():
        shard = opened.shard(number)
        rows = [account for account in accounts if account.shard == number]
        for lost in sorted(ids - {account.id for account in rows}):
            count = get_quota(shard.reader(), lost).message_count
            yield Finding("row-lost", {"account": lost, "messages": count})
        for account in rows:
            yield from _verify_row(shard, account, quotas[account.id], is_there=account.id in ids, repair=repair)
    yield from _list_without_mail()


def _verify_row(
    shard: Shard, account: MailAccount, quota_bytes: int, *, is_there: bool, repair: bool
) -> Iterator[Finding]:
    if not is_there:
        if repair:
            shard.submit(partial(begin_mail_account, account=account.id, quota_bytes=quota_bytes)).result()
        yield Finding("mail-unbegun", {"account": account.id}, repair)
    elif get_quota(shard.reader(), account.id).limit_bytes != quota_bytes:
        if repair:
            shard.submit(partial(set_quota, account=account.id, quota_bytes=quota_bytes)).result()
        yield Finding("quota-differs", {"account": account.id}, repair)


def _list_without_mail() -> Iterator[Finding]:
    owners = frozenset(queries.list_owners().values())
    after = AccountId(0)
    while people := list_people(after=after):
        for person in people:
            if person.id not in owners and person.state not in LEFT:
                yield Finding("mail-missing", {"identifier": person.identifier})
        after = people[-1].id
