"""People's tables. No row of them leaves this room but `Account`, as Django's `request.user`.

Nothing here is deleted when a person leaves: an account ends, an address gets its end date, and a name that
was given is never given again.
"""

from collections.abc import Iterator
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.db.models import Q

from corneille.kernel import keys
from corneille.people.account_type import AccountState, AccountType

SESSION_PURPOSE = "people/session-stamp"


def _choices(*values: str) -> list[tuple[str, str]]:
    return [(value, value) for value in values]


class Account(AbstractBaseUser):
    """What a person signs in with. Passwords are in the room `access`: this row has none."""

    password = None  # type: ignore[assignment]
    last_login = None

    identifier = models.CharField(max_length=40, unique=True)
    type = models.CharField(max_length=16, choices=_choices(*AccountType))
    given_name = models.CharField(max_length=100, blank=True)
    family_name = models.CharField(max_length=100)
    search_key = models.CharField(max_length=420)
    birth_on = models.DateField(null=True)
    numen_hash = models.CharField(max_length=64, null=True, unique=True)  # UNIQUE among those who have one
    language = models.CharField(max_length=2, choices=_choices("fr", "en"), default="fr")
    state = models.CharField(max_length=16, choices=_choices(*AccountState), default=AccountState.ACTIVE)
    session_stamp = models.CharField(max_length=32)
    created_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Account"]] = models.Manager()

    USERNAME_FIELD = "identifier"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    @property
    def display_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        return self.state == AccountState.ACTIVE

    def get_session_auth_hash(self) -> str:
        """What a web session must carry to be this account's; the password and « end all » renew it."""
        return keys.current().mac(SESSION_PURPOSE, str(self.pk).encode(), self.session_stamp.encode()).hex()

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """The same under older keys, so that replacing a key signs nobody out."""
        for key in keys.current().all(SESSION_PURPOSE)[1:]:
            yield keys.keyed_hash(key.secret, str(self.pk).encode(), self.session_stamp.encode()).hex()

    def __repr__(self) -> str:
        return f"<Account {self.pk}>"


class GivenIdentifier(models.Model):
    """Every identifier ever given. Rows stay for ever: that is how none is given twice."""

    identifier = models.CharField(max_length=40, primary_key=True)


class Establishment(models.Model):
    """A school or a service of the académie, under its UAI code."""

    uai = models.CharField(max_length=8, unique=True)
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=16)
    department = models.CharField(max_length=3)
    city = models.CharField(max_length=80)


class Assignment(models.Model):
    """Who works where, as what, from when until when (the last day included; none: no end is known)."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="assignments")
    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="assignments")
    function = models.CharField(max_length=80)
    subject = models.CharField(max_length=80, blank=True, default="")  # what is taught; "" for who teaches nothing
    from_on = models.DateField()
    until_on = models.DateField(null=True)


class Domain(models.Model):
    """A mail domain of the académie, in lower case; one is the principal."""

    name = models.CharField(max_length=253, unique=True)
    principal = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["principal"], condition=Q(principal=True), name="one_principal_domain")
        ]


class Address(models.Model):
    """A dated address of one account, in lower case. Kept after its end, so never given again."""

    local = models.CharField(max_length=64)
    domain = models.ForeignKey(Domain, on_delete=models.PROTECT, related_name="addresses")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="addresses")
    principal = models.BooleanField(default=False)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["local", "domain"], name="address_given_once"),
            models.UniqueConstraint(fields=["account"], condition=Q(principal=True), name="one_principal_address"),
        ]


class ReservedLocal(models.Model):
    """A local part that something other than a person has: never given to one. Rows stay for ever."""

    local = models.CharField(max_length=64, primary_key=True)


class RoleHolder(models.Model):
    """Who reads postmaster@, abuse@, hostmaster@ and security@ of every domain (RFC 2142)."""

    role = models.CharField(max_length=16, unique=True)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="roles")


class Position(models.Model):
    """A position with a mail account of its own: « direction 0760095R ». Nobody signs in as one.

    account    of the type `fonctionnel`: gives the address and owns the mail
    name       what it is called beside the code of its establishment
    until_on   the last day included; none: no end is known
    """

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="position")
    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="positions")
    name = models.CharField(max_length=60)
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["establishment", "name"], name="one_position_of_a_name")
        ]


class PositionRule(models.Model):
    """What a function at the position's establishment gives: codes of `position_right`, separated by spaces."""

    position = models.ForeignKey(Position, on_delete=models.CASCADE, related_name="rules")
    function = models.CharField(max_length=80)
    rights = models.CharField(max_length=80)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
