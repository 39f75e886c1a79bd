"""Access's tables: proofs of identity as hashes, devices, sessions, and a row for every attempt.

No secret is kept in clear and none is ever written into an attempt. Other rooms read these tables through the
operations of this one.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models

ACCOUNT = settings.AUTH_USER_MODEL


class Password(models.Model):
    """The main password of an account, Argon2id; `serial` grows with each change.

    is_void    somebody else has it, that is proved (`access/cut_off`): it opens nothing until its owner has set another
    proved_at  when it was last set by more than the password before it (a code, a factor, a device that was the owner's);
               None: when it was set. Whoever had an older one may have this one
    """

    account = models.OneToOneField(ACCOUNT, on_delete=models.CASCADE, primary_key=True, related_name="+")
    argon2 = models.CharField(max_length=200)
    serial = models.PositiveIntegerField()
    set_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, db_index=True)
    is_void = models.BooleanField(default=False)
    proved_at = models.DateTimeField(null=True)


class FormerPassword(models.Model):
    """A password that was replaced: never taken again while it is kept, and recognised where a device still has it.

    digest  of the secret, as `wrong_secret` makes it, once it is known; forgotten after a month
    """

    account = models.ForeignKey(ACCOUNT, on_delete=models.CASCADE, related_name="+")
    argon2 = models.CharField(max_length=200)
    serial = models.PositiveIntegerField()
    ended_at = models.DateTimeField()
    digest = models.BinaryField(max_length=5, null=True)


class OneTimeCode(models.Model):
    """A code that was given or sent, for one purpose; of those that nobody asked for, one is good at a time.

    asked_by               who asked that it be sent (`access/sent_code`); empty: it was made otherwise
    disowned_at            when a link « it was not me » ended it (`access/disowned_letter`)
    is_disowned_by_contact  the link had gone to a settled recovery contact: it is its owner who said so
    """

    account = models.ForeignKey(ACCOUNT, on_delete=models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=60)
    mac = models.BinaryField(max_length=32)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries_left = models.PositiveSmallIntegerField()
    asked_by = models.CharField(max_length=10, default="")
    used_at = models.DateTimeField(null=True)
    disowned_at = models.DateTimeField(null=True)
    is_disowned_by_contact = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "purpose"], condition=models.Q(used_at=None, asked_by=""), name="one_code_at_a_time"
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["disowned_at"], condition=models.Q(disowned_at__isnull=False), name="letters_disowned"
            )
        ]


class RecoveryContact(models.Model):
    """Where a person is reached when their account does not open: an address elsewhere, verified by a code.

    is_dropped_at_home  removed on a device that had been the owner's for long (`access/device.is_home`)
    """

    account = models.ForeignKey(ACCOUNT, on_delete=models.CASCADE, related_name="+")
    address = models.CharField(max_length=254)
    added_at = models.DateTimeField()
    verified_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    is_dropped_at_home = models.BooleanField(default=False)


class Factor(models.Model):
    """A second proof that a person has set: "webauthn" (see `Passkey`), "totp" (its seed sealed), or codes on paper
    ("printed", "recovery-code").

    last_step  the last time step that was accepted: none is accepted twice, ever
    """

    account = models.ForeignKey(ACCOUNT, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    label = models.CharField(max_length=80, blank=True)
    sealed = models.CharField(max_length=300, blank=True)
    last_step = models.BigIntegerField(null=True)
    added_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)


class FactorCode(models.Model):
    """One code of a sheet: shown once, kept as an HMAC, good once."""

    factor = models.ForeignKey(Factor, on_delete=models.CASCADE, related_name="codes")
    number = models.PositiveSmallIntegerField()
    mac = models.BinaryField(max_length=32)
    used_at = models.DateTimeField(null=True)


class Passkey(models.Model):
    """The public half of a passkey or security key.

    credential  attested credential data (WebAuthn Level 3 §6.5.1): make, id and COSE public key
    is_synced   its authenticator may copy it to the person's other devices
    transports  how a browser reaches it, such as "internal hybrid"
    """

    factor = models.OneToOneField(Factor, on_delete=models.CASCADE, primary_key=True, related_name="passkey")
    credential_id = models.BinaryField(max_length=1023, unique=True)
    credential = models.BinaryField(max_length=4096)
    sign_count = models.BigIntegerField()
    is_synced = models.BooleanField()
    transports = models.CharField(max_length=80, blank=True)


class UsedChallenge(models.Model):
    """A challenge that was answered: no answer counts twice. Forgotten once it is too old to be answered anyway."""

    nonce = models.BinaryField(max_length=24, unique=True)
    at = models.DateTimeField(db_index=True)


class FactorDeclined(models.Model):
    """Somebody said « no, thank you » when a second proof was offered; asked again after a while."""

    account = models.OneToOneField(ACCOUNT, on_delete=models.CASCADE, primary_key=True, related_name="+")
    declined_at = models.DateTimeField()


class Contained(models.Model):
    """An account that is contained, how far, why, since when, by whom; an ended row stays as its history.

    evidence    what was seen: numbers and names, no content
    by          "guard", "owner" (« it was not me »), or the name of the officer who decided
    applies_at  announced for then, and without effect before; None: it has begun
    """

    account = models.ForeignKey(ACCOUNT, on_delete=models.CASCADE, related_name="+")
    step = models.CharField(max_length=16)
    reason = models.CharField(max_length=200)
    evidence = models.JSONField(default=dict)
    started_at = models.DateTimeField()
    by = models.CharField(max_length=80)
    applies_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["account"], name="contained_now", condition=models.Q(ended_at=None))]


class UnusualSignIn(models.Model):
    """A sign-in that did not look like its owner (`access/unusual`), and what the owner said of it.

    told    what was found, with its numbers, as a notice tells it: {"signs": ["travel"], "travel-km": 1900, …}
    answer  "" (none yet) or "me": then its country, network and client are usual
    """

    account = models.ForeignKey(ACCOUNT, on_delete=models.CASCADE, related_name="+")
    reference = models.CharField(max_length=14, unique=True)
    at = models.DateTimeField()
    network_address = models.CharField(max_length=45)
    client = models.CharField(max_length=80, blank=True)
    program = models.CharField(max_length=200, blank=True)
    told = models.JSONField(default=dict)
    step = models.CharField(max_length=16)
    answer = models.CharField(max_length=8, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["account", "-at"], name="unusual_of_account"),
            models.Index(fields=["at"], name="unusual_at"),  # of everybody, every few seconds: `access/watch`
        ]


class Watched(models.Model):
    """How far the attempts have been looked over for what is unusual; one row."""

    last_attempt = models.BigIntegerField()


class RightDecided(models.Model):
    """A right that somebody gave or took, for one account, type, establishment or function, with its reason and dates.

    scope     "account/17", "type/externe", "uai/0760095R" or "function/principal" (in lower case)
    networks  "" (from everywhere) or "declared" (from the declared networks alone)
    told_to   of a decision for many: the last account that was looked at (`access/tell_right`); None: nobody is left
    """

    scope = models.CharField(max_length=100, db_index=True)
    right = models.CharField(max_length=16)
    is_allowed = models.BooleanField()
    networks = models.CharField(max_length=10, blank=True)
    reason = models.CharField(max_length=200)
    by = models.CharField(max_length=80)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    made_at = models.DateTimeField()
    told_to = models.BigIntegerField(null=True)


class CharterVersion(models.Model):
    """One version of the IT charter, in both languages, from the day it was published."""

    version = models.CharField(max_length=20, unique=True)
    published_at = models.DateTimeField()
    french = models.TextField()
    english = models.TextField()


class CharterAcceptance(models.Model):
    """Who accepted which version, when."""

    account = models.ForeignKey(ACCOUNT, on_delete=models.CASCADE, related_name="+")
    charter = models.ForeignKey(CharterVersion, on_delete=models.PROTECT, related_name="acceptances")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "charter"], name="charter_accepted_once")]


class ResetAsked(models.Model):
    """Somebody asked to choose a new password; the same row whether the identifier is anybody's or not. Kept for a day,
    since asks from one network are counted."""

    account = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField()
    network_address = models.CharField(max_length=45, default="unknown")
    network = models.CharField(max_length=60, default="unknown")
    is_known_device = models.BooleanField(default=False)
    is_answered = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["network", "asked_at"], name="reset_asked_of_network")]


class AppPassword(models.Model):
    """A password for one mail program: found by its public selector, proved by an HMAC of the rest.

    service  the registered program that was permitted without one (`access/permission`): `mac` is empty then, and proves
             nothing
    """

    account = models.ForeignKey(ACCOUNT, on_delete=models.CASCADE, related_name="+")
    selector = models.CharField(max_length=8, unique=True)
    key_id = models.PositiveIntegerField()
    mac = models.BinaryField(max_length=32)
    label = models.CharField(max_length=80)
    scopes = models.CharField(max_length=40)
    service = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    last_network_address = models.CharField(max_length=45, blank=True)
    last_program = models.CharField(max_length=200, blank=True)


class Device(models.Model):
    """A browser that an account signed in with; its cookie carries the newest secret, or the one before."""

    account = models.ForeignKey(ACCOUNT, on_delete=models.CASCADE, related_name="+")
    secret_mac = models.BinaryField(max_length=32)
    previous_mac = models.BinaryField(max_length=32, null=True)
    program = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    forgotten_at = models.DateTimeField(null=True)
    second_proof_at = models.DateTimeField(null=True)


class WebSession(models.Model):
    """A web session as its owner sees it, beside Django's own row of the same key."""

    session_key = models.CharField(max_length=40, unique=True)
    account = models.ForeignKey(ACCOUNT, on_delete=models.CASCADE, related_name="+")
    network_address = models.CharField(max_length=45)
    program = models.CharField(max_length=200, blank=True)
    started_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()


class MailConnection(models.Model):
    """A connection of a mail program that is open now; a row that is gone is a connection to end.

    service  the registered program or service whose token opened it; empty: a password did
    node     the machine that holds it: a service that starts forgets what it left behind
    """

    account = models.ForeignKey(ACCOUNT, on_delete=models.CASCADE, related_name="+")
    app_password = models.ForeignKey(AppPassword, on_delete=models.CASCADE, null=True, related_name="+")
    service = models.CharField(max_length=40, blank=True)
    door = models.CharField(max_length=16)
    program = models.CharField(max_length=200, blank=True)
    network_address = models.CharField(max_length=45)
    since = models.DateTimeField()
    node = models.CharField(max_length=80, db_index=True)


class ConnectionsEnded(models.Model):
    """When somebody ended every connection of an account: those that came in before are over, listed or not."""

    account = models.OneToOneField(ACCOUNT, on_delete=models.CASCADE, primary_key=True, related_name="+")
    at = models.DateTimeField()


class WrongSecret(models.Model):
    """One distinct wrong secret: who it was tried on, where from, and a truncated HMAC. Kept 24 h at most.

    subject  "a17" (an account) or "u…" (a hash of what was typed, when it is nobody's); "c…" for a code in the place of a
             password, "f…" for a second proof
    source   "n192.0.2.0/24" (a network) or "d12" (a known device)
    serial   of the password that it was wrong for: a later password may be this very secret
    """

    subject = models.CharField(max_length=40)
    source = models.CharField(max_length=60)
    digest = models.BinaryField(max_length=5)
    serial = models.PositiveIntegerField()
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject", "source", "serial", "digest"], name="wrong_secret_counted_once")
        ]
        indexes: ClassVar = [models.Index(fields=["source", "at"], name="wrong_secret_of_network")]


class SignInAttempt(models.Model):
    """What was decided about one proof of identity, at whatever door.

    reason   the exact one; what the asker was told may be less
    unknown  a hash of what was typed when it is nobody's (people type passwords there)
    """

    at = models.DateTimeField()
    reference = models.CharField(max_length=14, db_index=True)
    account = models.ForeignKey(ACCOUNT, on_delete=models.CASCADE, null=True, related_name="+")
    unknown = models.CharField(max_length=32, blank=True)
    door = models.CharField(max_length=16)
    network_address = models.CharField(max_length=45)
    program = models.CharField(max_length=200, blank=True)
    device_id = models.BigIntegerField(null=True)
    method = models.CharField(max_length=16, blank=True)
    decision = models.CharField(max_length=12)
    reason = models.CharField(max_length=32, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["account", "-at"], name="attempt_of_account"),
            models.Index(fields=["at"], name="attempt_at"),
        ]
