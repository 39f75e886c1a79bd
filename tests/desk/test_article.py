"""The FAQ: what is shipped is whole in both languages; what is written anew is kept with its versions; words find it."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from corneille.desk.article import (
    TOPICS,
    ArticleRefused,
    Said,
    find_article,
    list_articles,
    list_shipped,
    list_versions,
    write_article,
)
from corneille.desk.article_search import search_articles
from corneille.kernel.refusal import Gone
from corneille.run.ground import Ground

NOW = datetime(2026, 11, 27, 10, tzinfo=UTC)
LOST = "connexion/telephone-perdu"


@pytest.mark.parametrize("code", sorted(list_shipped()))
def test_what_is_shipped_is_whole_in_both_languages(code: str) -> None:
    article = list_shipped()[code]
    assert article.topic in TOPICS
    for said in (article.french, article.english):
        assert said.title
        assert len(said.text) > 80
    assert re.findall(r"\]\((/[^)]*)\)", article.french.text) == re.findall(r"\]\((/[^)]*)\)", article.english.text)
    assert not re.search(r"(?<![\u202f\u00a0:/])[;?!](?=\s)", article.french.text), "a narrow no-break space stands before"


def test_what_is_written_is_read_and_what_was_before_is_kept(ground: Ground) -> None:
    shipped = find_article(LOST, {})
    write_article(replace(shipped, french=Said("Téléphone", "Autre texte.")), NOW, author="x", name="Adèle Noël")
    second = find_article(LOST, {})
    assert (second.french.text, second.english) == ("Autre texte.", shipped.english)
    write_article(replace(second, french=shipped.french), NOW, author="x", name="Nadia Benali")
    assert find_article(LOST, {}).french == shipped.french
    told = [(each.author, each.article.french.title) for each in list_versions(LOST)]
    assert told == [("Nadia Benali", shipped.french.title), ("Adèle Noël", "Téléphone")]


def test_two_who_write_at_once_do_not_undo_one_another(ground: Ground) -> None:
    read = find_article(LOST, {})
    write_article(replace(read, french=Said("Un", "Un.")), NOW, author="x", name="x")
    with pytest.raises(ArticleRefused) as refused:
        write_article(replace(read, french=Said("Deux", "Deux.")), NOW, author="y", name="y")
    assert refused.value.data["reason"] == "changed"
    assert find_article(LOST, {}).french.title == "Un"


@pytest.mark.parametrize(
    ("said", "reason"),
    [(Said("", "x"), "title"), (Said("a\nb", "x"), "title"), (Said("x", " "), "text"), (Said("x", "x" * 8001), "text")],
)
def test_what_cannot_be_read_is_not_kept(ground: Ground, said: Said, reason: str) -> None:
    with pytest.raises(ArticleRefused) as refused:
        write_article(replace(find_article(LOST, {}), english=said), NOW, author="x", name="x")
    assert refused.value.data["reason"] == reason


def test_there_is_no_other(ground: Ground) -> None:
    with pytest.raises(Gone):
        find_article("connexion/inconnu", {})


@pytest.mark.parametrize(
    ("typed", "language", "first"),
    [
        ("téléphone perdu", "fr", LOST),
        ("telephone PERDU", "fr", LOST),
        ("thunderbird", "fr", "logiciels/thunderbird"),
        ("mots de passe oubliés", "fr", "connexion/mot-de-passe-oublie"),
        ("suspicious message", "en", "securite/hameconnage"),
        ("lettre NUMEN", "fr", "compte/activer"),
    ],
)
def test_words_find_the_answer_with_or_without_accents(ground: Ground, typed: str, language: str, first: str) -> None:
    assert search_articles(typed, list_articles({}), language)[0].code == first


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("quota", "courrier/boite-pleine"),
        ("boite saturée", "courrier/boite-pleine"),
        ("mdp oublié", "connexion/mot-de-passe-oublie"),
        ("j'ai perdu mon mot de passe", "connexion/mot-de-passe-oublie"),
        ("spam", "securite/hameconnage"),
        ("phishing", "securite/hameconnage"),
        ("gmail", "logiciels/android"),
        ("2FA", "connexion/second-facteur"),
        ("double authentification", "connexion/second-facteur"),
        ("PJ", "courrier/piece-jointe-trop-grosse"),
        ("fichier trop lourd", "courrier/piece-jointe-trop-grosse"),
        ("compte bloqué", "connexion/se-connecter"),
        ("corbeille", "courrier/supprime-par-erreur"),
        ("mutation", "compte/mutation"),
        ("je n'arrive pas à envoyer", "securite/envoi-retenu"),
        ("je ne reçois plus de mail", "courrier/message-introuvable"),
        ("mes courriels n’arrivent pas", "courrier/message-introuvable"),
        ("RGPD", "compte/mes-donnees"),
        ("serveur smtp", "logiciels/autre"),
        ("liste de diffusion", "courrier/listes"),
        ("thunderbrid", "logiciels/thunderbird"),
        ("téléphone xylophone", "connexion/telephone-perdu"),
        ("portable volé", "connexion/telephone-perdu"),
        ("changer de mot de passe", "connexion/choisir-un-mot-de-passe"),
    ],
)
def test_what_people_type_finds_the_answer_among_the_first(ground: Ground, typed: str, code: str) -> None:
    assert code in [each.code for each in search_articles(typed, list_articles({}), "fr")[:3]]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("quota", "courrier/boite-pleine"),
        ("forgot my password", "connexion/mot-de-passe-oublie"),
        ("spam", "securite/hameconnage"),
        ("stolen phone", "connexion/telephone-perdu"),
        ("attachment too large", "courrier/piece-jointe-trop-grosse"),
        ("cannot send", "securite/envoi-retenu"),
    ],
)
def test_so_do_those_who_read_english(ground: Ground, typed: str, code: str) -> None:
    assert code in [each.code for each in search_articles(typed, list_articles({}), "en")[:3]]


@pytest.mark.parametrize("typed", ["", "de la", "xylophone", "? ! ;"])
def test_what_is_nowhere_finds_nothing(ground: Ground, typed: str) -> None:
    assert search_articles(typed, list_articles({}), "fr") == []
