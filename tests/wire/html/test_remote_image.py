"""Which pictures a browser may be told to fetch: the public Internet over https, and nothing nearer."""

import pytest

from corneille.wire.html.remote_image import choose_remote_image
from corneille.wire.html.sanitise import sanitise

OWN = {"courrier.ac-demo.example", "ac-demo.example"}


@pytest.mark.parametrize(
    ("url", "given"),
    [
        ("https://img.site.example/a.png?x=1&y=2", "https://img.site.example/a.png?x=1&y=2"),
        ("HTTP://Img.Site.Example:80/a", "https://img.site.example/a"),
        ("//img.site.example", "https://img.site.example/"),
        ("https://site.example:443/#part", "https://site.example/"),
        ("https://xn--caf-dma.example./a", "https://xn--caf-dma.example/a"),
    ],
)
def test_public_pictures_are_given_over_https(url: str, given: str) -> None:
    assert choose_remote_image(url, OWN) == given


@pytest.mark.parametrize(
    "url",
    [
        "", "a.png", "/a.png", "ftp://site.example/a", "javascript:alert(1)", "data:image/png;base64,AAAA",
        "https://ac-demo.example/deconnexion", "https://courrier.ac-demo.example/a", "https://a.ac-demo.example/",
        "https://AC-DEMO.example./a", "https://127.0.0.1/a", "https://10.0.0.1/a", "https://8.8.8.8/a", "https://[::1]/a",
        "https://[fe80::1]/a", "https://2130706433/a", "https://0x7f000001/a", "https://0x7f.1/a", "https://127.1/a",
        "https://localhost/a", "https://imprimante/a", "https://imprimante.local/a", "https://box.lan/a",
        "https://1.0.168.192.in-addr.arpa/a", "https://site.example:8443/a", "https://site.example:22/a",
        "https://site.example:x/a", "https://user@site.example/a", "https://user:p@site.example/a",
        "https://site.example\\@ac-demo.example/", "\\\\site.example\\a", "https:\\\\site.example/a", "https://site.example/\na",
        "https://site.example/é", "https://é.example/", "https://-a.example/", "https://a..example/",
        "https://%31%32%37.0.0.1/", "https://site.example/" + "a" * 3000, "https:///a", "https://site.1/a",
    ],
)  # fmt: skip
def test_anything_nearer_or_stranger_is_not(url: str) -> None:
    assert choose_remote_image(url, OWN) is None


def test_agreed_pictures_are_fetched_and_trackers_and_backgrounds_never() -> None:
    text = (
        "<p><img src=http://img.site.example/a.png><img src=https://192.168.1.1/b><img src=https://t.example/p width=1>"
        "<td background=https://e.example/2 style='background:url(https://e.example/3)'>"
    )
    shown = sanitise(text, cid_url=lambda _: None, remote_url=lambda url: choose_remote_image(url, OWN))
    assert 'src="https://img.site.example/a.png"' in shown.html
    assert shown.html.count("example") == 1
    assert "192.168" not in shown.html
    assert (shown.remote_image_count, shown.tracker_count) == (3, 1)
