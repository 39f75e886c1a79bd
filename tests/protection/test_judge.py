"""Who is warned: thirty letters that deceive, three hundred that do not; and each sign by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from corneille.protection.judge import Letter, Origin, Reason, judge, list_reasons
from corneille.protection.lookalike import find_imitated, imitates_state, make_skeleton
from corneille.wire.html.links import Link, list_links
from tests.protection.deceptive import DECEPTIVE
from tests.protection.ordinary import write_ordinary
from tests.protection.post import DIJON, Post, judged


@pytest.mark.parametrize(("reason", "post"), DECEPTIVE, ids=[f"{n}-{reason}" for n, (reason, _) in enumerate(DECEPTIVE)])
def test_a_letter_that_deceives_is_flagged_with_its_reason(reason: str, post: Post) -> None:
    assert reason in list_reasons(judged(post))


def test_ordinary_letters_are_left_alone(capsys: pytest.CaptureFixture[str]) -> None:
    letters = list(write_ordinary())
    alarms = [(post, list_reasons(signs)) for post in letters if (signs := judged(post))]
    flagged = sum(1 for reason, post in DECEPTIVE if reason in list_reasons(judged(post)))
    with capsys.disabled():
        print(f"\nphishing: {flagged}/{len(DECEPTIVE)} flagged; {len(alarms)}/{len(letters)} false alarms")  # noqa: T201
    assert len(letters) == 300
    assert len(DECEPTIVE) == 30
    assert alarms == []


@pytest.mark.parametrize(
    "host",
    ["ac-dijon.fr.example.com", "ac-d1jon.fr", "ас-dijon.fr", "ac-dijon.co", "portail-ac-dijon.example", "acdijon.example"],
)
def test_hosts_that_imitate(host: str) -> None:
    assert find_imitated(host, ["ac-dijon.fr"]) == "ac-dijon.fr"


@pytest.mark.parametrize(
    "host",
    ["ac-dijon.fr", "portail.ac-dijon.fr", "AC-DIJON.FR.", "ac-lyon.fr", "dijon.example", "univ-dijon.example", "", "fr"],
)
def test_hosts_that_do_not(host: str) -> None:
    assert find_imitated(host, ["ac-dijon.fr"]) is None


@pytest.mark.parametrize("domain", ["ac-caen.fr", "ac-rouen.fr", "ac-normandie.fr", "ac-nice.fr", "ac-lille.fr"])
def test_académies_do_not_imitate_one_another(domain: str) -> None:
    assert find_imitated(domain, ["ac-dijon.fr", "ac-lyon.fr", "ac-reims.fr"]) is None


def test_the_state_is_gouv_fr_and_what_is_below() -> None:
    assert imitates_state("impots-gouv.fr")
    assert imitates_state("education.gouv.fr.example")
    assert not imitates_state("education.gouv.fr")
    assert not imitates_state("education.gouv.qc.ca")


def test_a_link_through_a_filter_goes_where_the_filter_leads() -> None:
    wrapped = "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fac-dijon.fr.evil.example%2Fx&data=0"
    letter = Letter("A", "a@b.example", links=(Link("Ouvrir", wrapped),))
    assert list_reasons(judge(letter, DIJON)) == [Reason.LINK_LOOKS_ALIKE]


def test_what_stands_before_an_at_sign_is_no_host() -> None:
    letter = Letter("A", "a@b.example", links=(Link("portail.ac-dijon.fr", "https://portail.ac-dijon.fr@evil.example/"),))
    assert [(sign.reason, sign.real) for sign in judge(letter, DIJON)] == [(Reason.LINK_LIES, "evil.example")]


def test_a_colleague_at_home_is_known_once_written_to() -> None:
    letter = Letter("Paul Roy", "paul@gmail.com", origin=Origin.OUTSIDE, is_colleague_name=True)
    assert list_reasons(judge(letter, DIJON)) == [Reason.COLLEAGUE_NAME]
    known = Letter("Paul Roy", "paul@gmail.com", origin=Origin.OUTSIDE, is_colleague_name=True, is_correspondent=True)
    assert judge(known, DIJON) == ()


def test_the_worst_stands_first() -> None:
    letter = Letter("A", "a@ac-d1jon.fr", filenames=("a.exe",), links=(Link("", "https://acdijon.example"),))
    assert list_reasons(judge(letter, DIJON)) == [Reason.LOOK_ALIKE, Reason.LINK_LOOKS_ALIKE, Reason.ATTACHMENT]


def test_links_of_html_and_what_one_reads() -> None:
    page = (
        '<a href=" ht\ntps://a.example/x">  Voir\n <b>ici</b></a><a href="mailto:x@y">y</a>'
        '<a href="//b.example">'
    )
    assert list_links(page) == [Link("Voir ici", "https://a.example/x"), Link("", "//b.example")]


@given(some.text(max_size=200), some.text(max_size=60), some.text(max_size=60))
def test_any_text_is_judged_without_fault(words: str, address: str, url: str) -> None:
    links = (Link(words, url),)
    judge(Letter(words[:20], address, (address,), Origin.OUTSIDE, links=links, words=words, filenames=(url,)), DIJON)
    make_skeleton(words)
