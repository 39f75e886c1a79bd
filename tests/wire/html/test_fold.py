# ruff: noqa: E501  # one trick or one sample a line
"""Quotations as mail programs write them are folded; what the person wrote is not."""

import pytest

from corneille.wire.html.fold import find_quotation
from corneille.wire.html.sanitise import sanitise

QUOTED = {
    "Gmail": '<div dir="ltr">Ma réponse</div><br><div class="gmail_quote"><div dir="ltr">Le jeu. 3 sept. 2026 à 10:02, A &lt;<a href="mailto:a@b.fr">a@b.fr</a>&gt; a écrit :<br></div><blockquote class="gmail_quote">Ancien</blockquote></div>',
    "Thunderbird": '<p>Ma réponse</p><div class="moz-cite-prefix">Le 03/09/2026 à 10:02, A a écrit&nbsp;:<br></div><blockquote type="cite" cite="mid:x"><p>Ancien</p></blockquote>',
    "Outlook en français": '<div class="WordSection1"><p class="MsoNormal">Ma réponse</p><div><div style="border-top:solid 1pt"><p class="MsoNormal"><b>De :</b> A &lt;a@b.fr&gt;<br><b>Envoyé :</b> jeudi 3 septembre 2026 10:02<br><b>À :</b> B<br><b>Objet :</b> Réunion</p></div></div><p>Ancien</p></div>',
    "Outlook in English": '<p>Ma réponse</p><hr><p><b>From:</b> A<br><b>Sent:</b> Thursday<br><b>To:</b> B<br><b>Subject:</b> Meeting</p><p>Ancien</p>',
    "Outlook on the web": '<div>Ma réponse</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>De :</b> A</div><div>Ancien</div>',
    "Yahoo": '<div>Ma réponse</div><div class="yahoo_quoted"><div>Le jeudi, A a écrit :</div>Ancien</div>',
    "words": "<p>Ma réponse</p><p>-----Message d’origine-----</p><p>Ancien</p>",
    "introduced": "<p>Ma réponse</p><p>Le 3 septembre 2026, A a écrit :</p><blockquote>Ancien</blockquote>",
}


@pytest.mark.parametrize("program", QUOTED)
def test_the_quotation_of_each_program_is_folded(program: str) -> None:
    shown = sanitise(QUOTED[program], cid_url=lambda _: None, fold_label="Afficher la citation").html
    before, found, folded = shown.partition("<details><summary>Afficher la citation</summary>")
    assert found
    assert "Ma réponse" in before
    assert "Ancien" in folded
    assert "Ancien" not in before


def test_a_forward_without_a_word_of_its_own_stays_open() -> None:
    text = '<div class="gmail_quote">---------- Forwarded message ---------<br>Ancien</div>'
    assert "<details>" not in sanitise(text, cid_url=lambda _: None, fold_label="x").html


def test_what_follows_a_marked_quotation_is_still_in_sight() -> None:
    text = '<p>Avant</p><div class="gmail_quote">Ancien</div><p>Après</p>'
    assert sanitise(text, cid_url=lambda _: None, fold_label="x").html.partition("</details>")[2].startswith("<p>Après")


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Oui.\n\nLe 3 mars 2026 à 10:00, A <a@b.fr> a écrit :\n> Ancien\n> encore", 2),
        ("Oui.\n\nLe 3 mars 2026 à 10:00,\nA <a@b.fr> a écrit :\n> Ancien", 2),
        ("Oui.\n\nOn Tue, A wrote:\n\n> Ancien\n", 2),
        ("Oui.\n\n-----Message d'origine-----\nDe : A\nAncien", 2),
        ("Oui.\n\nDe : A <a@b.fr>\nEnvoyé : jeudi 3 septembre\nÀ : B\nObjet : Réunion\n\nAncien", 2),
        ("Oui.\n> question\nRéponse", None),
        ("> seulement une citation", None),
        ("Bonjour,\nDe : Paris à Rouen\nMerci", None),
        ("", None),
    ],
)
def test_the_quotation_that_ends_a_plain_text_is_found(text: str, start: int | None) -> None:
    assert find_quotation(text.split("\n")) == start
