"""What single sign-on keeps."""

from corneille.kernel.keeping import EVERYBODY, Audience, Basis, Purge, Retention, Table, Text
from corneille.kernel.settings import of
from corneille.sso.logout import forget_logouts
from corneille.sso.sign_on import forget_sign_ons, forget_tokens
from corneille.sso.sso_settings import Sso


def _find_days() -> int:
    return of(Sso).kept_days_count


KEPT: tuple[Retention, ...] = (
    Retention(
        code="services",
        name=Text("Services visités", "Services visited"),
        purpose=Text(
            "Connecter aux autres services sans nouveau mot de passe, et montrer où l’on est allé",
            "Sign in to other services without another password, and show where one went",
        ),
        categories=Text(
            "Service, date, preuves données, nom propre à chaque service",
            "Service, date, proofs given, a name for each service",
        ),
        whose=EVERYBODY,
        basis=Basis.PUBLIC_TASK,
        seen_by=(Audience.OWNER, Audience.SERVICES,),
        tables=(
            Table("sso.SignOn", person="account"),
            Table("sso.Subject", person="account"),
            Table("sso.Logout", person="account"),
            Table("oauth2_provider.Grant", person="user"),
            Table("oauth2_provider.AccessToken", person="user"),
            Table("oauth2_provider.RefreshToken", person="user"),
            Table("oauth2_provider.IDToken", person="user"),
            Table("oauth2_provider.DeviceGrant"),
        ),
        until=Text(
            "Visites : {length} jours ; fin de session à dire à un service : un jour ; codes et jetons : quelques "
            "minutes ; nom propre au service : avec le compte",
            "Visits: {length} days; the end of a session to tell a service: one day; codes and tokens: minutes; the name "
            "for a service: with the account",
        ),
        find_length=_find_days,
        purges=(
            Purge(
                code="logouts",
                name=Text("fins de session qu’un service n’a pas prises", "ends of sessions that a service did not take"),
                run=forget_logouts,
                model="sso.Logout",
                since="made_at",
            ),
            Purge(
                code="sign-ons",
                name=Text("visites de services", "visits to services"),
                run=forget_sign_ons,
                model="sso.SignOn",
                since="at",
            ),
            Purge(
                code="tokens",
                name=Text("codes et jetons échus", "codes and tokens that are over"),
                run=forget_tokens,
                model="oauth2_provider.AccessToken",
                since="expires",
            ),
        ),
    ),
)

NO_PERSONAL_DATA: dict[str, str] = {
    "sso.Client": "services of the académie",
    "sso.SigningKey": "keys of the installation",
}
