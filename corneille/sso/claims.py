"""What a service is told of a person (OpenID Connect Core 1.0 §5.1): what its scopes name, and no more."""

import secrets
from collections.abc import Collection
from datetime import date

from corneille.kernel.ids import AccountId
from corneille.people.assignment import list_assignments
from corneille.people.find import find_person
from corneille.sso.models import Subject

CLAIMS = {
    "openid": ("sub",),
    "profile": ("name", "given_name", "family_name", "preferred_username", "locale"),
    "email": ("email", "email_verified"),
    "affiliation": ("account_type", "assignments"),
}
"""Claims by scope. `assignments`: a list of `{"uai", "establishment", "function"}`."""


def list_claims(client: int, account: AccountId, scopes: Collection[str], on: date) -> dict[str, object]:
    """The claims of these scopes, as JSON values."""
    person = find_person(account)
    assert person is not None, "codes and tokens go with the account"
    told: dict[str, object] = {"sub": find_subject(client, account)}
    if "profile" in scopes:
        told |= {
            "name": person.display_name,
            "given_name": person.given_name,
            "family_name": person.family_name,
            "preferred_username": person.identifier,
            "locale": person.language,
        }
    if "email" in scopes and person.principal_address:
        told |= {"email": person.principal_address, "email_verified": True}
    if "affiliation" in scopes:
        told["account_type"] = person.type.value
        told["assignments"] = [
            {"uai": each.uai, "establishment": each.establishment, "function": each.function}
            for each in list_assignments(account, on)
        ]
    return told


def find_subject(client: int, account: AccountId) -> str:
    """By what name this service knows this person; drawn the first time."""
    row, _is_new = Subject.objects.get_or_create(
        client_id=client, account_id=account, defaults={"value": secrets.token_hex(16)}
    )
    return row.value
