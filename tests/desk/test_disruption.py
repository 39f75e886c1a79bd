"""What is said about the service: its phases, what is added, and what cannot be said."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from corneille.desk.disruption import (
    DisruptionRefused,
    NewDisruption,
    announce,
    list_disruptions,
    list_near,
    say_more,
)
from corneille.kernel.refusal import Gone
from corneille.run.ground import Ground

NOW = datetime(2026, 11, 27, 10, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
INCIDENT = NewDisruption("incident", ("Envoi lent", "Slow sending"), ("On cherche.", "We are looking."), {"sending"}, NOW)
WORKS = NewDisruption(
    "works", ("Mise à jour", "Update"), ("Rien ne se perd.", "Nothing is lost."), {"mail", "sign-in"}, NOW + DAY,
    NOW + DAY + HOUR,
)  # fmt: skip


def test_an_incident_lasts_until_somebody_says_that_it_is_over(ground: Ground) -> None:
    number = announce(INCIDENT, NOW, actor="x")
    say_more(number, ("C’est un disque.", "It is a disk."), NOW + HOUR, actor="x")
    [shown] = list_near(NOW + 5 * DAY, "fr")
    assert [said.text for said in shown.said] == ["C’est un disque.", "On cherche."]
    say_more(number, ("Réparé.", "Repaired."), NOW + 6 * DAY, actor="x", is_over=True)
    assert list_near(NOW + 7 * DAY, "fr") == []
    [past] = list_disruptions(NOW + 7 * DAY, "en")
    assert (past.title, past.phase, past.said[0].text) == ("Slow sending", "past", "Repaired.")
    with pytest.raises(Gone):
        say_more(number, ("Encore", "Again"), NOW + 7 * DAY, actor="x")
    assert list_disruptions(NOW + 37 * DAY, "fr") == []


def test_works_are_announced_begin_and_end_by_themselves(ground: Ground) -> None:
    announce(WORKS, NOW, actor="x")
    phases = [list_disruptions(at, "fr")[0].phase for at in (NOW, NOW + DAY, NOW + DAY + HOUR)]
    assert phases == ["coming", "now", "past"]


def test_what_is_now_comes_first_then_the_nearest(ground: Ground) -> None:
    announce(replace(WORKS, titles=("Plus tard", "Later"), begins_at=NOW + 3 * DAY, ends_at=NOW + 4 * DAY), NOW, actor="x")
    announce(WORKS, NOW, actor="x")
    announce(INCIDENT, NOW, actor="x")
    assert [each.title for each in list_disruptions(NOW, "fr")] == ["Envoi lent", "Mise à jour", "Plus tard"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (replace(INCIDENT, kind="panne"), "kind"),
        (replace(INCIDENT, titles=("", "x")), "title"),
        (replace(INCIDENT, titles=("a\nb", "x")), "title"),
        (replace(INCIDENT, texts=("x", "  ")), "text"),
        (replace(INCIDENT, affected={"café"}), "affected"),
        (replace(INCIDENT, affected=set()), "affected"),
        (replace(INCIDENT, begins_at=NOW + HOUR), "dates"),
        (replace(WORKS, ends_at=None), "dates"),
        (replace(WORKS, ends_at=NOW + DAY), "dates"),
        (replace(WORKS, begins_at=NOW - DAY, ends_at=NOW), "dates"),
        (replace(WORKS, ends_at=NOW + 16 * DAY), "dates"),
    ],
)
def test_what_nobody_could_understand_is_refused(ground: Ground, wrong: NewDisruption, field: str) -> None:
    with pytest.raises(DisruptionRefused) as refused:
        announce(wrong, NOW, actor="x")
    assert refused.value.data["field"] == field
    assert list_disruptions(NOW, "fr") == []
