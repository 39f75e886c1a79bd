"""Mail programs on people's own machines: permitted by their owner once, then they renew their tokens by themselves.

They keep no secret (RFC 8252): whoever has a refresh token has the permission. So each is good once, and one that comes
back a second time was stolen, by whoever came first or last: the permission ends (RFC 9700 §4.14).
"""

from datetime import datetime, timedelta
from uuid import UUID

from oauth2_provider.models import RefreshToken

from corneille.access.app_password import revoke_app_password
from corneille.access.permission import permit
from corneille.access.queries import is_app_password_good
from corneille.kernel import journal
from corneille.kernel.ids import AccountId
from corneille.kernel.settings import of
from corneille.sso.bearer import MAIL_SCOPES
from corneille.sso.client import find_client
from corneille.sso.models import Client, SignOn
from corneille.sso.open_to import find_offered
from corneille.sso.sign_on import hash_token
from corneille.sso.sso_settings import MAIL, Sso


def is_asked_for(client: Client, scope: str) -> bool:
    """Whether a program on somebody's machine is to open their mail: its owner is asked, and it gets a refresh token."""
    return client.is_program and MAIL in scope.split()


def begin(token: str, family: UUID, now: datetime) -> None:
    """The program has its first tokens: from now on it is listed beside the app passwords, and its owner is told.

    token  SHA-256 of the access token
    """
    row = SignOn.objects.select_related("client").get(token=token)
    until = now + timedelta(days=of(Sso).program_days_count)
    account, client = AccountId(row.account_id), row.client
    row.family = family
    row.permission_id = permit(account, client.client_id, client.name, MAIL_SCOPES, now, expires_at=until)
    row.save(update_fields=["family", "permission"])


def may_renew(family: UUID, now: datetime) -> bool:
    """Whether the permission stands, and the program is still for its owner."""
    row = SignOn.objects.select_related("client").filter(family=family).first()
    if row is None or row.permission_id is None or not is_app_password_good(row.permission_id, now):
        return False
    client = find_client(row.client.client_id)
    return client is not None and find_offered(AccountId(row.account_id), client, now.date()).missing is None


def renew(family: UUID, token: str) -> None:
    """Another access token stands for the same permission; `token`: its SHA-256."""
    SignOn.objects.filter(family=family).update(token=token)


def end_replayed(refresh_token: str, now: datetime) -> bool:
    """Ends the permission of a refresh token that was used before; gives whether it was one."""
    spent = RefreshToken.objects.filter(token_checksum=hash_token(refresh_token)).exclude(revoked=None).first()
    row = SignOn.objects.filter(family=spent.token_family).first() if spent is not None and spent.token_family else None
    if row is None or row.permission_id is None:
        return False
    revoke_app_password(AccountId(row.account_id), row.permission_id, now, actor=journal.SYSTEM)
    return True
