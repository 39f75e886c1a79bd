"""Support requests in the demonstration, in each state, and a correspondent in one establishment.

Who answers: a correspondent for their lycée, the assistance of a DSDEN for its department, that of the rectorat for all.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from corneille.kernel.ids import AccountId
from corneille.people.account_type import AccountType
from corneille.people.add import add_assignment
from corneille.people.assignment import list_assignments
from corneille.people.decide import DIGITAL_CORRESPONDENT
from corneille.run.demonstration.demo_person import DemoPerson
from corneille.support.answer import answer
from corneille.support.decide import Act
from corneille.support.note import add_note
from corneille.support.open_request import NewRequest, open_request
from corneille.support.reply import rate, reply
from corneille.support.request import list_own
from corneille.support.route import Matter

NOTED = "Rien au filtre de la plateforme pour ce domaine depuis lundi : regarder le SPF de l’expéditeur."
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PROGRAM = (
    "Depuis la mise à jour de Thunderbird, le mot de passe est refusé à chaque ouverture. Sur le portail, tout fonctionne."
)
ARRIVING = "Une famille m’écrit depuis lundi, et je ne reçois rien. Le message n’est pas non plus dans les indésirables."
RIGHTS = "Mon intervention est prolongée jusqu’en juin : pouvez-vous prolonger mon accès à l’agenda de l’établissement ?"
CALENDAR = "L’agenda partagé ne s’affiche plus sur mon téléphone depuis hier."


def make_requests(people: Sequence[DemoPerson], now: datetime) -> None:
    """Once: nothing is added where somebody has asked something."""
    partners = [each.account for each in people if each.type == AccountType.PARTNER and each.password]
    officer = next(each.account for each in people if each.type == AccountType.DATA_PROTECTION)
    if list_own(officer):
        return
    near, far = _list_support(people)
    correspondent = _add_correspondent(people, partners[1], now)
    _end(partners[1], correspondent, NewRequest(Matter.PROGRAM, PROGRAM), now - 12 * DAY, 3 * HOUR)
    _end(partners[2], near, NewRequest(Matter.CALENDAR, CALENDAR), now - 9 * DAY, 4 * HOUR)
    _end(partners[0], far, NewRequest(Matter.OTHER, CALENDAR), now - 20 * DAY, 26 * HOUR)
    open_request(partners[1], NewRequest(Matter.PROGRAM, PROGRAM, consents=True), now - 5 * HOUR)
    asked = open_request(partners[2], NewRequest(Matter.NOT_ARRIVING, ARRIVING), now - 2 * DAY)
    answer(near, asked, Act.ASK, "Quelle est l’adresse exacte de l’expéditeur ?", now - DAY)
    add_note(near, asked, NOTED, now - DAY)
    taken = open_request(partners[0], NewRequest(Matter.RIGHTS, RIGHTS), now - 3 * DAY)
    answer(far, taken, Act.ANSWER, "Je demande l’accord de l’établissement.", now - 3 * DAY + 5 * HOUR)
    reply(partners[0], taken, "Merci, la cheffe d’établissement est prévenue.", now - 2 * DAY)
    open_request(officer, NewRequest(Matter.CALENDAR, CALENDAR), now - HOUR)


def _list_support(people: Sequence[DemoPerson]) -> tuple[AccountId, AccountId]:
    """Who answers at a DSDEN, and at the rectorat."""
    support = [each for each in people if each.type == AccountType.SUPPORT]
    far = next(each for each in support if each.establishment == "Rectorat")
    near = next(each for each in support if each is not far)
    return near.account, far.account


def _add_correspondent(people: Sequence[DemoPerson], colleague: AccountId, now: datetime) -> AccountId:
    """An assistant of the colleague's establishment answers for it."""
    here = list_assignments(colleague, now.date())[0]
    chosen = next(
        each.account for each in reversed(people)
        if each.type == AccountType.ASSISTANT and each.password and each.establishment == here.establishment
    )  # fmt: skip
    add_assignment(chosen, here.uai, DIGITAL_CORRESPONDENT.capitalize(), now.date() - 60 * DAY)
    return chosen


def _end(person: AccountId, agent: AccountId, new: NewRequest, at: datetime, after: timedelta) -> None:
    number = open_request(person, new, at)
    answer(agent, number, Act.SOLVE, "C’est réglé : un mot de passe d’application remplace l’ancien.", at + after)
    rate(person, number, "good", "Merci, réponse claire.", at + after + HOUR)
