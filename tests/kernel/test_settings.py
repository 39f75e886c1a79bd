from dataclasses import dataclass
from pathlib import Path

import pytest

from corneille.kernel import settings
from corneille.kernel.settings import SettingsRefused, section, setting


@dataclass(frozen=True, slots=True)
class Parlour:
    chairs_count: int = setting(4, "How many may sit.")
    name: str = setting("blue", "What it is called.")
    warm: bool = setting(True, "Whether the fire is lit.")
    height_m: float = setting(2.5, "From floor to ceiling.")
    guests: tuple[str, ...] = setting((), "Who is expected.")

    def check(self) -> None:
        if self.chairs_count < 1:
            raise SettingsRefused("[parlour] chairs_count: at least 1")


@pytest.fixture(autouse=True)
def parlour(monkeypatch: pytest.MonkeyPatch) -> None:
    """The section is declared for these tests alone: others print every section there is."""
    monkeypatch.setattr(settings, "_sections", dict(settings._sections))
    section("parlour")(Parlour)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "corneille.toml"


def test_the_environment_wins_over_the_file_and_what_is_given_wins_over_both(file: Path) -> None:
    file.write_text('[parlour]\nchairs_count = 6\nname = "red"\nguests = ["a", "b"]\n')
    settings.load(file, {"CORNEILLE_PARLOUR_NAME": "green"}, parlour={"chairs_count": 9})
    assert settings.of(Parlour) == Parlour(chairs_count=9, name="green", guests=("a", "b"))


def test_a_setting_left_out_has_its_default(file: Path) -> None:
    settings.load(file, {})
    assert settings.of(Parlour) == Parlour()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[parlor]\n", "no section \\[parlor\\]"),
        ("[parlour]\nchair = 1\n", "'chair'; it has: chairs_count"),
        ('[parlour]\nchairs_count = "many"\n', "'many' is not a whole number"),
        ("[parlour]\nchairs_count = true\n", "True is not a whole number"),
        ("[parlour]\nguests = [1]\n", "is not a list of texts"),
        ("[parlour]\nchairs_count = 0\n", "at least 1"),
        ("[parlour\n", "not a TOML file"),
    ],
)
def test_a_file_that_cannot_be_meant_is_refused_with_what_is_wrong(file: Path, text: str, told: str) -> None:
    file.write_text(text)
    with pytest.raises(SettingsRefused, match=told):
        settings.load(file, {})


@pytest.mark.parametrize(
    ("variable", "value", "expected"),
    [
        ("CHAIRS_COUNT", "12", Parlour(chairs_count=12)),
        ("WARM", "no", Parlour(warm=False)),
        ("HEIGHT_M", "3", Parlour(height_m=3.0)),
        ("GUESTS", "a, b", Parlour(guests=("a", "b"))),
    ],
)
def test_an_environment_variable_is_read_as_its_type(file: Path, variable: str, value: str, expected: Parlour) -> None:
    settings.load(file, {f"CORNEILLE_PARLOUR_{variable}": value})
    assert settings.of(Parlour) == expected


def test_an_environment_variable_of_the_wrong_type_is_refused(file: Path) -> None:
    with pytest.raises(SettingsRefused, match="CORNEILLE_PARLOUR_WARM: 'perhaps' is not a true or false"):
        settings.load(file, {"CORNEILLE_PARLOUR_WARM": "perhaps"})


def test_every_declared_setting_is_explained() -> None:
    assert [declared.name for declared in settings.list_declared() if len(declared.told) < 12] == []
