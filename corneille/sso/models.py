"""Services that sign people in here, the keys that sign what they are told, and who signed in to which.

Codes and tokens are rows of django-oauth-toolkit, which live for minutes.
"""

from typing import ClassVar

from django.db import models
from jwcrypto.jwk import JWK
from oauth2_provider.models import AbstractApplication
from oauthlib.common import Request

from corneille.people.models import Account


class Client(AbstractApplication):
    """A service (OpenID Connect Core 1.0 §1.2 « Relying Party »), with the académie's rule about who may use it.

    A mail program on people's machines is one that keeps no secret (`client_type`, RFC 8252).

    types, establishments, functions  whom it is for; an empty list asks for nothing
    max_age_s                         how old a proof of identity may be for it; none: as old as the session
    logout_uri                        where it is told that a session has ended (Back-Channel Logout 1.0); empty: it is not
    """

    user = None  # a service is the académie's, nobody's own
    url = models.CharField(max_length=500)
    french_text = models.CharField(max_length=200)
    english_text = models.CharField(max_length=200)
    types = models.JSONField(default=list)
    establishments = models.JSONField(default=list)
    functions = models.JSONField(default=list)
    scopes = models.JSONField(default=list)
    needs_second_factor = models.BooleanField(default=False)
    max_age_s = models.PositiveIntegerField(null=True)
    logout_uri = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta(AbstractApplication.Meta):
        abstract = False

    @property
    def is_program(self) -> bool:
        return bool(self.client_type == self.CLIENT_PUBLIC)

    def is_usable(self, request: Request) -> bool:
        return self.closed_at is None

    jwk_key: JWK | None = None
    """Given by the provider: the keys are rows too, and are opened where they are used."""


class SigningKey(models.Model):
    """An RSA key, sealed: `signing_key`. The newest signs, older ones are still published until they are dropped."""

    sealed = models.TextField()
    made_at = models.DateTimeField()


class Subject(models.Model):
    """By what name a service knows a person (`sub`): drawn at random, another one for each service (§8.1, pairwise)."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    value = models.CharField(max_length=32, unique=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["client", "account"], name="one_subject_by_client")]


class SignOn(models.Model):
    """Somebody went on to a service: when, from which web session, with what proofs.

    code, token  SHA-256 of the authorisation code and of the access token that came of it
    family       of its refresh tokens, which follow one another
    permission   that of its owner for a mail program, which holds beyond the session
    sid          what the service knows the web session by, another one for each service
    is_open      nobody has noticed yet that the session is over
    """

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    session_key = models.CharField(max_length=40, db_index=True)
    at = models.DateTimeField(db_index=True)
    proved_at = models.DateTimeField()
    methods = models.JSONField(default=list)
    code = models.CharField(max_length=64, unique=True)
    token = models.CharField(max_length=64, blank=True, db_index=True)
    sid = models.CharField(max_length=64, blank=True)
    is_open = models.BooleanField(default=False)
    family = models.UUIDField(null=True, db_index=True)
    permission = models.ForeignKey("access.AppPassword", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["session_key"], name="sign_on_open", condition=models.Q(is_open=True)),
        ]


class Logout(models.Model):
    """A service that is still to be told that a session is over; gone once it has taken it, or after a day."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    sid = models.CharField(max_length=64)
    made_at = models.DateTimeField(db_index=True)
    next_at = models.DateTimeField(db_index=True)
    tried_count = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["client", "sid"], name="one_logout_by_session")]
