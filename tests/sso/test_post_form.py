"""Where the end of a session may be told: to services, never to what stands beside the server by accident."""

from ipaddress import ip_network

import pytest

from corneille.kernel.settings import SettingsRefused, load
from corneille.sso.post_form import Unreached, choose_address, post_form

INNER = (ip_network("10.0.0.0/8"), ip_network("fd00:76::/32"))


@pytest.mark.parametrize(
    ("addresses", "chosen"),
    [
        (["93.184.215.14"], "93.184.215.14"),
        (["2606:2800:21f:cb07::1"], "2606:2800:21f:cb07::1"),
        (["10.3.4.5"], "10.3.4.5"),
        (["fd00:76::5"], "fd00:76::5"),
        (["::1", "127.0.0.1", "10.3.4.5"], "10.3.4.5"),
        (["::ffff:10.3.4.5"], "::ffff:10.3.4.5"),
    ],
)
def test_the_internet_and_the_networks_of_the_academie_are_reached(addresses: list[str], chosen: str) -> None:
    assert choose_address(addresses, INNER) == chosen


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "::1", "0.0.0.0", "::", "192.168.1.4", "172.16.0.9", "169.254.169.254", "fe80::1%eth0", "100.64.0.1",
        "224.0.0.1", "ff02::1", "255.255.255.255", "::ffff:127.0.0.1", "::ffff:192.168.1.4", "fd00:77::5",
    ],
)  # fmt: skip
def test_nothing_else_is(address: str) -> None:
    with pytest.raises(Unreached):
        choose_address([address], INNER)


def test_what_is_not_there_is_told_as_not_reached() -> None:
    def fail(host: str, port: int) -> list[str]:
        raise OSError(host, port)

    with pytest.raises(Unreached, match=r"mina\.example.*8443"):
        post_form("https://mina.example:8443/fin", {}, networks=(), authority="", resolved=fail)
    with pytest.raises(Unreached, match="no address"):
        post_form("https://mina.example/", {}, networks=(), authority="", resolved=lambda host, port: [])


def test_a_network_that_is_none_is_refused() -> None:
    with pytest.raises(SettingsRefused):
        load(None, {}, sso={"logout_networks": ("10.0.0.1/8",)})
