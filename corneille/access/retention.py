"""What the portal keeps of ways in."""

from collections.abc import Mapping
from datetime import timedelta

from corneille.access.device import KNOWN_FOR
from corneille.access.forget import (
    KEPT_AFTER_END,
    forget_asked,
    forget_attempts,
    forget_codes,
    forget_contacts,
    forget_contained,
    forget_devices,
    forget_former_digests,
    forget_rights,
    forget_sessions,
    forget_wrong_secrets,
)
from corneille.access.settings import current_policy, find_former_known_for
from corneille.kernel.keeping import EVERYBODY, Audience, Basis, Purge, Retention, Table, Text
from corneille.kernel.retention import WITH_JOURNAL, find_journal_months


def _find_hours() -> int:
    return int(current_policy().memory / timedelta(hours=1))


def _find_device_days() -> int:
    return KNOWN_FOR.days


def _find_ended_days() -> int:
    return KEPT_AFTER_END.days


def _find_former_days() -> Mapping[str, str]:
    return {"former": str(find_former_known_for().days)}


KEPT: tuple[Retention, ...] = (
    Retention(
        code="proofs",
        name=Text("Preuves d’identité", "Proofs of identity"),
        purpose=Text(
            "Ouvrir le compte à son titulaire, et à lui seul",
            "Open the account to its owner alone",
        ),
        categories=Text(
            "Mots de passe et codes hachés, seconds facteurs, clés publiques, coordonnées de secours, adresse réseau d’où "
            "un code est demandé",
            "Hashed passwords and codes, second factors, public keys, recovery contacts, network address from which a code "
            "is asked for",
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
            "Codes échus et coordonnées retirées : {length} jours de plus ; empreintes d’anciens mots de passe : "
            "{former} jours ; demandes de code : un jour ; le reste au plus tard avec le compte",
            "Codes that are over and contacts removed: {length} days more; digests of former passwords: "
            "{former} days; asks for a code: one day; the rest with the account at the latest",
        ),
        find_length=_find_ended_days,
        find_figures=_find_former_days,
        purges=(
            Purge(
                code="codes",
                name=Text("codes échus", "codes that are over"),
                run=forget_codes,
                model="access.OneTimeCode",
                since="made_at",
            ),
            Purge(
                code="codes-asked",
                name=Text("demandes de code", "asks for a code"),
                run=forget_asked,
                model="access.ResetAsked",
                since="asked_at",
            ),
            Purge(
                code="contacts",
                name=Text("coordonnées de secours retirées", "recovery contacts removed"),
                run=forget_contacts,
                model="access.RecoveryContact",
                since="dropped_at",
                among={"dropped_at__isnull": False},
            ),
            Purge(
                code="former-passwords",
                name=Text("empreintes d’anciens mots de passe", "digests of former passwords"),
                run=forget_former_digests,
                model="access.FormerPassword",
                since="ended_at",
                among={"digest__isnull": False},
            ),
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
        purges=(
            Purge(
                code="attempts",
                name=Text("tentatives de connexion", "sign-in attempts"),
                run=forget_attempts,
                model="access.SignInAttempt",
                since="at",
            ),
        ),
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
        purges=(
            Purge(
                code="wrong-secrets",
                name=Text("secrets erronés", "wrong secrets"),
                run=forget_wrong_secrets,
                model="access.WrongSecret",
                since="at",
            ),
        ),
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
            "Sessions : jusqu’à leur fin ; appareils : {length} jours après la dernière utilisation",
            "Sessions: until they end; devices: {length} days after their last use",
        ),
        find_length=_find_device_days,
        purges=(
            Purge(
                code="sessions",
                name=Text("sessions finies", "sessions that ended"),
                run=forget_sessions,
                model="access.WebSession",
                since="last_seen_at",
            ),
            Purge(
                code="devices",
                name=Text("appareils oubliés", "devices not seen any more"),
                run=forget_devices,
                model="access.Device",
                since="last_seen_at",
            ),
        ),
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
        until=Text(
            "Mesures et décisions finies : avec le journal, {length} mois entiers ; le reste au plus tard avec le compte",
            "Measures and decisions that ended: with the journal, {length} whole months; the rest: with the account at most",
        ),
        find_length=find_journal_months,
        purges=(
            Purge(
                code="containments",
                name=Text("mesures de protection finies", "containments that ended"),
                run=forget_contained,
                model="access.Contained",
                since="ended_at",
            ),
            Purge(
                code="rights",
                name=Text("décisions de droits finies", "decisions on rights that ended"),
                run=forget_rights,
                model="access.RightDecided",
                since="until_on",
            ),
        ),
    ),
)

NO_PERSONAL_DATA: dict[str, str] = {
    "access.UsedChallenge": "random numbers of the last minutes",
    "access.CharterVersion": "the text of the charter",
    "access.Watched": "how far the sign-ins were looked over",
}
