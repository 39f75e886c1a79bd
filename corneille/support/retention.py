"""What support requests keep."""

from corneille.kernel.keeping import EVERYBODY, Audience, Basis, Purge, Retention, Table, Text
from corneille.kernel.settings import of
from corneille.support.expire import forget_requests, forget_sheets
from corneille.support.settings import Support
from corneille.support.unproved import forget_asked


def _find_days() -> int:
    return of(Support).keep_days


KEPT: tuple[Retention, ...] = (
    Retention(
        code="requests",
        name=Text("Demandes d’assistance", "Support requests"),
        purpose=Text(
            "Aider la personne, suivre sa demande, mesurer les délais",
            "Help the person, follow their request, measure delays",
        ),
        categories=Text(
            "Demande, échanges, notes internes de l’assistance (remises avec la copie des données), état du compte à ce "
            "moment (jamais le contenu du courrier), avis donné",
            "Request, exchanges, internal notes of support (given with the copy of the data), state of the account at that "
            "moment (never the content of mail), opinion given",
        ),
        whose=EVERYBODY,
        basis=Basis.PUBLIC_TASK,
        seen_by=(Audience.OWNER, Audience.SUPPORT),
        tables=(Table("support.SupportRequest", person="account"), Table("support.RequestStep", person="request__account")),
        until=Text("{length} jours après la fin de la demande", "{length} days after the end of the request"),
        find_length=_find_days,
        purges=(
            Purge(
                code="requests",
                name=Text("demandes finies", "requests that are over"),
                run=forget_requests,
                model="support.SupportRequest",
                since="over_at",
                among={"over_at__isnull": False},
            ),
        ),
    ),
    Retention(
        code="asked-unproved",
        name=Text("Demandes d’aide faites sans connexion", "Help asked for without signing in"),
        purpose=Text(
            "Faire une demande d’assistance de ce qui est écrit ; limiter ce qu’un réseau peut envoyer",
            "Make a support request of what is written; limit what one network may send",
        ),
        categories=Text(
            "Réseau, heure ; texte et référence jusqu’au dépôt de la demande, quelques secondes, et seulement si un compte "
            "leur correspond",
            "Network, time; text and reference until the request is filed, some seconds, and only where an account goes "
            "with them",
        ),
        whose=EVERYBODY,
        basis=Basis.PUBLIC_TASK,
        seen_by=(Audience.NOBODY,),
        tables=(Table("support.HelpAsked", person="account"),),
        until=Text("Une heure", "One hour"),
        purges=(
            Purge(
                code="asked-unproved",
                name=Text("demandes faites sans connexion", "help asked for without signing in"),
                run=forget_asked,
                model="support.HelpAsked",
                since="asked_at",
                among={"filed_at__isnull": False},
            ),
        ),
    ),
    Retention(
        code="sheets",
        name=Text("Fiches de compte ouvertes par l’assistance", "Account sheets opened by support"),
        purpose=Text(
            "Limiter la durée d’une consultation ; la trace lisible par la personne est dans le journal des actes",
            "Limit how long a sheet stays open; what the person reads of it is in the journal of acts",
        ),
        categories=Text("Agent, motif, date", "Agent, reason, date"),
        whose=EVERYBODY,
        basis=Basis.PUBLIC_TASK,
        seen_by=(Audience.NOBODY,),
        tables=(Table("support.SheetOpening", person="account"),),
        until=Text("Un jour", "One day"),
        purges=(
            Purge(
                code="sheets",
                name=Text("fiches ouvertes", "sheets that were opened"),
                run=forget_sheets,
                model="support.SheetOpening",
                since="at",
            ),
        ),
    ),
)

NO_PERSONAL_DATA: dict[str, str] = {}
