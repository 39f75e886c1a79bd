import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneille.access.program import Program, describe_program


@pytest.mark.parametrize(
    ("said", "program"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", ("Firefox", "Windows")),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0"
            " Safari/537.36 Edg/140.0.0.0",
            ("Edge", "Windows"),
        ),
        (
            "Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36",
            ("Chrome", "Android"),
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Safari/604.1",
            ("Safari", "iOS"),
        ),
        ('"name" "Thunderbird" "version" "140.1" "os" "Linux"', ("Thunderbird", "Linux")),
        ("NeoMutt", ("NeoMutt", "")),
        ("[192.168.1.4]", ("", "")),
        ("", ("", "")),
    ],
)
def test_what_a_program_says_is_read(said: str, program: tuple[str, str]) -> None:
    assert describe_program(said) == Program(*program)


@given(st.text(max_size=600))
def test_no_words_raise(said: str) -> None:
    assert isinstance(str(describe_program(said)), str)
