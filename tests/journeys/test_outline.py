"""What a screen reader is told of the main pages: their landmarks, headings, links and fields, in their order."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys.demonstration import Demonstration
from tests.journeys.page import Watched

SIGN_IN = """
- banner:
  - button "Français"
  - button "English"
- main:
  - heading "Se connecter" [level=1]
  - textbox "Identifiant, adresse électronique ou NUMEN"
  - textbox "Mot de passe"
  - button "Se connecter"
  - paragraph:
    - link "Activer mon compte"
  - paragraph:
    - link "Je n’arrive pas à me connecter"
  - navigation "Aide :"
- contentinfo
- status
"""
FRAME = """
- list:
  - listitem:
    - link "Aller au contenu"
  - listitem:
    - link "Aller à la navigation"
  - listitem:
    - link "Aller au pied de page"
- banner:
  - navigation "Navigation principale":
    - list:
      - listitem:
        - link "Accueil"
      - listitem:
        - link "Messagerie"
      - listitem:
        - link "Agenda"
      - listitem:
        - link "Connexions"
      - listitem:
        - link "Logiciel"
  - group: /Compte . .+/
"""
HOME = FRAME + """
- main:
  - heading /Bonjour .+/ [level=1]
  - region /Avis de vos services/:
    - heading /Avis de vos services/ [level=2]
  - list:
    - listitem:
      - heading "Mon courrier" [level=2]:
        - link "Mon courrier"
    - listitem:
      - heading "Mon agenda" [level=2]:
        - link "Mon agenda"
- contentinfo
"""
INBOX = FRAME + """
- main:
  - link "Nouveau message"
  - navigation "Dossiers":
    - list:
      - listitem:
        - link /Boîte de réception/
  - progressbar /utilisés sur/
  - search:
    - searchbox "Rechercher dans mes messages"
    - button "Rechercher"
  - heading "Boîte de réception" [level=1]
  - group "Actions sur les messages choisis":
    - checkbox "Choisir tous les messages de cette page"
    - button "Archiver"
    - button "Supprimer"
    - combobox "Déplacer vers"
    - button "Déplacer"
  - list:
    - listitem:
      - checkbox /Choisir/
      - link
      - time
      - button /Suivre/
- contentinfo
"""


def test_the_main_pages_are_told_in_their_order(
    open_page: Callable[..., Watched], sign_in: Callable[..., None], demonstration: Demonstration
) -> None:
    watched = open_page()
    body = watched.page.locator("body")
    watched.page.goto("/connexion")
    expect(body).to_match_aria_snapshot(SIGN_IN)
    sign_in(watched, demonstration.person("enseignant", 12))
    expect(body).to_match_aria_snapshot(HOME)
    watched.page.goto("/courrier/")
    expect(body).to_match_aria_snapshot(INBOX)
