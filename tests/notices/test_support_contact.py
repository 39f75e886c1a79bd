"""How support is reached: as it is set, in the language of the page; what cannot be meant is refused before the start."""

import pytest
from django.utils import translation

from corneille.kernel import settings
from corneille.kernel.settings import SettingsRefused
from corneille.notices.support_contact import SupportContact, describe_support
from corneille.run.ground import Ground

PHONE, ADDRESS, FRENCH, ENGLISH = "01 99 00 12 34", "aide@ac-x.test", "de 8\u00a0h à 18\u202fh", "from 8 to 18"


@pytest.mark.parametrize(
    ("given", "french", "english"),
    [
        ({}, "Votre établissement vous dit comment joindre l’assistance.", "Your establishment says how to reach support."),
        ({"telephone": PHONE}, f"L’assistance\u00a0: {PHONE}.", f"Support: {PHONE}."),
        (
            {"telephone": PHONE, "address": ADDRESS, "hours_french": FRENCH},
            f"L’assistance\u00a0: {PHONE}, {ADDRESS} ({FRENCH}).",
            f"Support: {PHONE}, {ADDRESS} ({FRENCH}).",
        ),
        (
            {"address": ADDRESS, "hours_french": FRENCH, "hours_english": ENGLISH},
            f"L’assistance\u00a0: {ADDRESS} ({FRENCH}).",
            f"Support: {ADDRESS} ({ENGLISH}).",
        ),
    ],
)
def test_it_is_told_as_it_is_set(ground: Ground, given: dict[str, str], french: str, english: str) -> None:
    settings.load(None, {}, ground={"data": str(ground.data)}, support_contact=given)
    with translation.override("fr"):
        assert describe_support() == french
    with translation.override("en"):
        assert describe_support() == english


@pytest.mark.parametrize(
    "contact",
    [
        SupportContact(telephone="demandez"),
        SupportContact(address="assistance"),
        SupportContact(hours_french="lundi\nmardi"),
        SupportContact(hours_english="x" * 201),
    ],
)
def test_what_cannot_be_meant_is_refused(contact: SupportContact) -> None:
    with pytest.raises(SettingsRefused, match=r"\[support_contact\]"):
        contact.check()


def test_a_number_is_dialled_without_its_spaces() -> None:
    assert SupportContact(telephone=PHONE).unbroken == "01\u00a099\u00a000\u00a012\u00a034"
    assert SupportContact(telephone="+33 1 99 00 12 34 (standard)").dialled == "+33199001234"
