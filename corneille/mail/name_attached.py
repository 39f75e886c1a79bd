"""In which attached document a search found its words."""

from collections.abc import Sequence

from corneille.kernel.ids import MessageId
from corneille.mail import store
from corneille.mail.matching import has_terms
from corneille.mail.query import Place, Term, parse_query
from corneille.mail.searchable import Texts
from corneille.mail.store.attachment import list_attached
from corneille.mail.store.message import find_contents
from corneille.mail.store.words import find_texts
from corneille.mail.values import MailAccount


def name_attached(account: MailAccount, text: str, messages: Sequence[MessageId]) -> dict[MessageId, list[str]]:
    """The files' names, for those of these messages that have a word asked for in a document and not in their own text.

    raises  QueryRefused
    """
    asked = [term for term in parse_query(text).terms if term.place is Place.ANYWHERE and not term.is_without]
    shard = store.current().shard(account.shard)
    found: dict[MessageId, list[str]] = {}
    with shard.snapshot() as connection:
        contents = find_contents(connection, account.id, messages)
        attached = list_attached(connection, list(contents.values()))
        for message, content in contents.items():
            if content not in attached:
                continue
            own = find_texts(connection, shard.contents, content)
            missing = [term for term in asked if not has_terms(own, [term])]
            names = [each.name for each in attached[content] if _has_any(each.text, missing)]
            if names:
                found[message] = names
    return found


def _has_any(text: str, terms: list[Term]) -> bool:
    return any(has_terms(Texts("", text), [term]) for term in terms)
