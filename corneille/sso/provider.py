"""How django-oauth-toolkit finds clients, proofs and claims here (its `OAUTH2_VALIDATOR_CLASS`).

Its own views are used where they only speak OAuth; who may go on, and with what proof, is decided before, in
`decide` and `entitle`, by the door's authorise view.
"""

from datetime import datetime, timedelta
from typing import Any

from jwcrypto.jwk import JWK
from oauth2_provider.oauth2_validators import OAuth2Validator
from oauthlib.common import Request

from corneille.kernel import clock
from corneille.kernel.ids import AccountId
from corneille.kernel.settings import of, portal_address
from corneille.sso import mail_program, signing_key
from corneille.sso.claims import list_claims
from corneille.sso.decide import name_methods, name_strength
from corneille.sso.sign_on import find_proofs, is_session_open, note_sign_on, note_token
from corneille.sso.sso_settings import MAIL, Sso


class Provider(OAuth2Validator):
    """The authorisation-code flow with PKCE for registered services; refresh tokens for mail programs alone."""

    oidc_claim_scope = None  # `list_claims` has chosen by scope already

    def validate_scopes(
        self, client_id: str, scopes: list[str], client: Any, request: Request, *args: Any, **kwargs: Any
    ) -> bool:
        return bool({"openid", MAIL} & set(scopes)) and set(scopes) <= set(client.scopes)

    def get_default_scopes(self, client_id: str, request: Request, *args: Any, **kwargs: Any) -> list[str]:
        return list(request.client.scopes)

    def is_pkce_required(self, client_id: str, request: Request) -> bool:
        return True

    def validate_silent_login(self, request: Request) -> bool:
        return True  # the door's view knows who is signed in

    def validate_silent_authorization(self, request: Request) -> bool:
        return True  # services are the académie's own; the door asks about programs

    def refresh_id_token(self, request: Request) -> bool:
        return False  # it tells of a sign-in, and there was none

    def _create_authorization_code(self, request: Request, code: dict[str, str], expires: datetime | None = None) -> Any:
        expires = clock.now() + timedelta(seconds=of(Sso).code_s)
        made = super()._create_authorization_code(request, code, expires)
        note_sign_on(
            request.client.pk, AccountId(request.user.pk), code["code"], session_key=request.session_key,
            proved_at=request.proved.at, methods=request.proved.methods, now=clock.now(),
        )  # fmt: skip
        return made

    def _create_access_token(self, expires: datetime, request: Request, token: Any, source_refresh_token: Any = None) -> Any:
        expires = clock.now() + timedelta(seconds=of(Sso).token_s)
        if request.code:
            note_token(request.code, token["access_token"])
        return super()._create_access_token(expires, request, token, source_refresh_token)

    def save_bearer_token(self, token: Any, request: Request, *args: Any, **kwargs: Any) -> Any:
        if not mail_program.is_asked_for(request.client, token.get("scope", "")):
            token.pop("refresh_token", None)  # what a service reads ends with the session
        return super().save_bearer_token(token, request, *args, **kwargs)

    def _create_refresh_token(self, request: Request, refresh_token_code: Any, access_token: Any, previous: Any) -> Any:
        made = super()._create_refresh_token(request, refresh_token_code, access_token, previous)
        if previous is None:
            mail_program.begin(access_token.token_checksum, made.token_family, clock.now())
        else:
            mail_program.renew(made.token_family, access_token.token_checksum)
        return made

    def validate_refresh_token(self, refresh_token: str, client: Any, request: Request, *args: Any, **kwargs: Any) -> bool:
        if not super().validate_refresh_token(refresh_token, client, request, *args, **kwargs):
            return False
        return mail_program.may_renew(request.refresh_token_instance.token_family, clock.now())

    def validate_bearer_token(self, token: str, scopes: list[str], request: Request) -> bool:
        return super().validate_bearer_token(token, scopes, request) and is_session_open(token, clock.now())

    def get_claim_dict(self, request: Request) -> dict[str, object]:
        return list_claims(request.client.pk, AccountId(request.user.pk), request.scopes, clock.now().date())

    def get_id_token_dictionary(self, token: Any, token_handler: Any, request: Request) -> tuple[dict[str, Any], datetime]:
        claims, expires_at = super().get_id_token_dictionary(token, token_handler, request)
        proofs = find_proofs(request.code)
        claims["auth_time"] = int(proofs.proved_at.timestamp())
        claims["sid"] = proofs.sid
        claims["acr"], claims["amr"] = name_strength(proofs.methods), name_methods(proofs.methods)
        return claims, expires_at

    def get_oidc_issuer_endpoint(self, request: Request) -> str:
        return portal_address()

    def finalize_id_token(self, id_token: Any, token: Any, token_handler: Any, request: Request) -> str:
        request.client.jwk_key = signing_key.current().private
        signed: str = super().finalize_id_token(id_token, token, token_handler, request)
        return signed

    def _get_key_for_token(self, token: str) -> JWK:
        return signing_key.current().private
