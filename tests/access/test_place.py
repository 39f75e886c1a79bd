"""Where a sign-in came from, in words: from the networks that were declared, then from a GeoIP file, else nothing."""

from pathlib import Path

import pytest
from django.utils import translation

from corneille.access.activity import list_attempts
from corneille.access.locate import locate
from corneille.access.place import Point, measure_km
from corneille.access.place_settings import Places
from corneille.kernel import settings
from corneille.kernel.settings import SettingsRefused
from corneille.notices.place_words import name_place
from corneille.notices.words import format_words
from corneille.people.find import Person
from corneille.run.ground import Ground

from .conftest import PASSWORD, Try
from .geoip import BESANCON, DIJON, FRANCE_ONLY, SYDNEY, UNLISTED, write_geoip

SCHOOL = "10.21.3.4"


@pytest.fixture
def placed(ground: Ground, tmp_path: Path) -> None:
    settings.load(
        None, {}, ground={"data": str(ground.data)},
        access={"declared_networks": ("10.21.0.0/16", "10.22.0.0/16")},
        places={"geoip_file": write_geoip(tmp_path / "places.mmdb"), "names": (
            "10.21.0.0/16=rectorat", "10.21.3.0/24=collège Marcelle-Pardé",
        )},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("address", "language", "words"),
    [
        (DIJON, "fr", "Dijon, France"), (SYDNEY, "fr", "Sydney, Australie"), (SYDNEY, "en", "Sydney, Australia"),
        (FRANCE_ONLY, "fr", "France"), (f"::ffff:{DIJON}", "fr", "Dijon, France"), (UNLISTED, "fr", ""),
        (SCHOOL, "fr", "réseau de l’établissement collège Marcelle-Pardé"), ("10.21.9.9", "en", "network of rectorat"),
        ("10.22.1.1", "fr", "réseau d’un établissement"), ("127.0.0.1", "fr", ""), ("unknown", "fr", ""),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("placed")
def test_an_address_is_a_place_in_words(address: str, language: str, words: str) -> None:
    with translation.override(language):
        assert name_place(locate(address)) == words


def test_without_a_file_nothing_is_said_of_places(zoe: Person, attempt: Try) -> None:
    attempt(PASSWORD, address=DIJON)
    assert name_place(list_attempts(zoe.id, 1)[0].place) == ""


@pytest.mark.usefixtures("placed")
def test_attempts_and_notices_say_where(zoe: Person, attempt: Try) -> None:
    attempt(PASSWORD, address=SYDNEY)
    with translation.override("fr"):
        assert name_place(list_attempts(zoe.id, 1)[0].place) == "Sydney, Australie"
    told = format_words("new-device", {"program": "Firefox", "network": SYDNEY}, "fr")
    assert f"{SYDNEY} (Sydney, Australie)" in told.text


@pytest.mark.usefixtures("placed")
def test_a_file_that_was_replaced_is_read_and_a_broken_one_says_nothing(tmp_path: Path) -> None:
    assert locate(DIJON).country_code == "FR"
    file = tmp_path / "places.mmdb"
    (tmp_path / "new").write_bytes(b"no such thing")
    (tmp_path / "new").replace(file)
    assert locate(DIJON).country_code == ""
    file.unlink()
    assert locate(DIJON).country_code == ""
    write_geoip(file)
    assert locate(DIJON).country_code == "FR"


@pytest.mark.parametrize(
    "places",
    [Places(geoip_file="/nowhere.mmdb"), Places(names=("10.0.0.0/8",)), Places(names=("x=y",)),
     Places(names=("10.0.0.0/8= ",))],
)
def test_settings_that_cannot_be_meant_are_refused(places: Places) -> None:
    with pytest.raises(SettingsRefused, match=r"\[places\]"):
        places.check()


def test_distances_are_those_of_a_map() -> None:
    paris, sydney = Point(48.857, 2.352), Point(-33.868, 151.207)
    assert measure_km(paris, sydney) == pytest.approx(16_960, rel=0.01)
    assert measure_km(paris, paris) == 0.0


@pytest.mark.usefixtures("placed")
def test_besancon_is_an_hour_from_dijon() -> None:
    here, there = locate(DIJON).point, locate(BESANCON).point
    assert here is not None
    assert there is not None
    assert 60 < measure_km(here, there) < 90
