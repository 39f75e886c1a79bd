"""What the portal keeps of ways in."""

from datetime import timedelta

from corneille.access import forget
from corneille.access.settings import current_policy
from corneille.kernel.keeping import EVERYBODY, Audience, Basis, Purge, Retention, Table, Text
from corneille.kernel.retention import WITH_JOURNAL, find_journal_months


def _find_hours() -> int:
    return int(current_policy().memory / timedelta(hours=1))


KEPT: tuple[Retention, ...] = (
    Retention(
        code="proofs",
        name=Text("Preuves d’identité", "Proofs of identity"),
        purpose=Text(
            "Ouvrir le compte à son titulaire, et à lui seul",
            "Open the account to its owner alone",
        ),
        categories=Text(
            "Mots de passe et codes hachés, seconds facteurs, clés publiques, coordonnées de secours",
            "Hashed passwords and codes, second factors, public keys, recovery contacts",
        ),
        whose=EVERYBODY,
        basis=Basis.PUBLIC_TASK,
        seen_by=(Audience.OWNER,),
        tables=(
            Table("access.Password", person="account"),
            Table("access.FormerPassword", person="account"),
            Table("access.OneTimeCode", person="account"),
            Table("access.RecoveryContact", person="account"),
            Table("access.Factor", person="account"),
            Table("access.FactorCode", person="factor__account"),
            Table("access.Passkey", person="factor__account"),
            Table("access.FactorDeclined", person="account"),
            Table("access.AppPassword", person="account"),
            Table("access.ResetAsked", person="account"),
        ),
        until=Text(
            "Avec le compte ; un code, 30 jours après sa fin ; ce qui a été retiré, avec le journal",
            "With the account; a code, 30 days after its end; what was removed, with the journal",
        ),
        purges=(
            Purge("codes", forget.forget_codes),
            Purge("former-passwords", forget.forget_former_digests),
            Purge("ended", forget.forget_ended),
        ),
    ),
    Retention(
        code="attempts",
        name=Text("Connexions et tentatives", "Sign-ins and attempts"),
        purpose=Text(
            "Reconnaître une intrusion, et montrer à chacun ce qui s’est passé sur son compte",
            "Recognise an intrusion, and show everybody what happened to their account",
        ),
        categories=Text(
            "Date, adresse réseau, logiciel, décision et raison",
            "Date, network address, program, decision and reason",
        ),
        whose=EVERYBODY,
        basis=Basis.OBLIGATION,
        seen_by=(Audience.OWNER, Audience.SUPPORT, Audience.SECURITY,),
        tables=(
            Table("access.SignInAttempt", person="account"),
            Table("access.UnusualSignIn", person="account"),
        ),
        until=WITH_JOURNAL,
        find_length=find_journal_months,
        purges=(Purge("attempts", forget.forget_attempts),),
    ),
    Retention(
        code="wrong-secrets",
        name=Text("Secrets erronés", "Wrong secrets"),
        purpose=Text(
            "Ralentir qui devine, sans gêner le titulaire",
            "Slow down who guesses, not the owner",
        ),
        categories=Text(
            "Empreinte tronquée du secret, réseau, date",
            "Truncated hash of the secret, network, date",
        ),
        whose=EVERYBODY,
        basis=Basis.PUBLIC_TASK,
        seen_by=(Audience.NOBODY,),
        tables=(
            Table("access.WrongSecret"),
        ),
        until=Text("{length} heures", "{length} hours"),
        find_length=_find_hours,
        purges=(Purge("wrong-secrets", forget.forget_wrong_secrets),),
    ),
    Retention(
        code="sessions",
        name=Text("Sessions, appareils et logiciels connectés", "Sessions, devices and connected programs"),
        purpose=Text(
            "Garder la session ouverte, reconnaître les appareils connus, permettre de les fermer",
            "Keep the session open, know known devices, let them be ended",
        ),
        categories=Text(
            "Appareil, adresse réseau, dernière utilisation",
            "Device, network address, last use",
        ),
        whose=EVERYBODY,
        basis=Basis.PUBLIC_TASK,
        seen_by=(Audience.OWNER,),
        tables=(
            Table("access.Device", person="account"),
            Table("access.WebSession", person="account"),
            Table("access.MailConnection", person="account"),
            Table("access.ConnectionsEnded", person="account"),
            Table("sessions.Session"),
        ),
        until=Text(
            "Une session, jusqu’à sa fin ; un appareil, tant qu’il est connu, puis avec le journal",
            "A session, until its end; a device, as long as it is known, then with the journal",
        ),
        purges=(Purge("sessions", forget.forget_sessions),),
    ),
    Retention(
        code="measures",
        name=Text("Mesures et droits décidés", "Measures and rights decided"),
        purpose=Text(
            "Protéger un compte en danger, et dire pourquoi un droit est ouvert ou fermé",
            "Protect an account in danger, and say why a right is open or closed",
        ),
        categories=Text(
            "Mesure, motif, dates, auteur ; charte acceptée",
            "Measure, reason, dates, author; charter accepted",
        ),
        whose=EVERYBODY,
        basis=Basis.PUBLIC_TASK,
        seen_by=(Audience.OWNER, Audience.SUPPORT, Audience.SECURITY,),
        tables=(
            Table("access.Contained", person="account"),
            Table("access.RightDecided"),
            Table("access.CharterAcceptance", person="account"),
        ),
        until=Text("Une fois terminées, avec le journal", "Once they are over, with the journal"),
    ),
)

NO_PERSONAL_DATA: dict[str, str] = {
    "access.UsedChallenge": "random numbers of the last minutes",
    "access.CharterVersion": "the text of the charter",
    "access.Watched": "how far the sign-ins were looked over",
}
