"""Mail programs that sign in with an access token (RFC 7628): whose it is, for what, and whether it still holds.

Two kinds come. A registered program (Thunderbird) was permitted by its owner: its tokens hold as long as the permission. A
service of the académie (a webmail) holds tokens of somebody's web session: they end with it.
"""

from corneille.access.attempt import Attempt, Outcome
from corneille.access.facts import AppPasswordFacts
from corneille.access.session import find_open
from corneille.access.token_sign_in import Token, sign_in_with_token
from corneille.kernel.ids import AccountId
from corneille.kernel.settings import portal_address
from corneille.people.find import find_standing
from corneille.sso.client import find_client
from corneille.sso.models import SignOn
from corneille.sso.open_to import find_offered
from corneille.sso.sign_on import find_access_token, hash_token
from corneille.sso.sso_settings import MAIL

MAIL_SCOPES = frozenset({"imap", "smtp"})
"""What a token of the scope « mail » opens, in the words of app passwords."""


def sign_in_by_bearer(attempt: Attempt) -> Outcome:
    """Decides about one token (`attempt.secret`). Blocking.

    attempt.identifier  whose mail the program expects; empty: it does not say
    """
    return sign_in_with_token(attempt, _find_token(attempt))


def find_configuration() -> str:
    """Where a refused program finds how to get another token (OpenID Connect Discovery 1.0 §4)."""
    return f"{portal_address()}/.well-known/openid-configuration"


def _find_token(attempt: Attempt) -> Token | None:
    given = find_access_token(attempt.secret)
    row = SignOn.objects.select_related("permission", "client").filter(token=hash_token(attempt.secret)).first()
    if given is None or row is None:
        return None
    account, permission = AccountId(row.account_id), row.permission
    client = find_client(row.client.client_id)
    holds = permission is not None or row.session_key in find_open([row.session_key], attempt.now)
    return Token(
        account,
        row.client.client_id,
        AppPasswordFacts(
            MAIL_SCOPES if MAIL in given.scopes else frozenset(),
            client is None or (permission is not None and permission.revoked_at is not None),
            permission.expires_at if permission is not None else None,
        ),
        is_good=holds and given.expires_at > attempt.now and _is_meant(attempt.identifier, account),
        is_for_them=client is not None and find_offered(account, client, attempt.now.date()).missing is None,
        permission=permission.pk if permission is not None else None,
        last_used_at=permission.last_used_at if permission is not None else None,
        session_key=row.session_key if permission is None else "",
    )


def _is_meant(identifier: str, account: AccountId) -> bool:
    standing = find_standing(identifier) if identifier else None
    return not identifier or (standing is not None and standing.account == account)
