import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneille.access.network import format_address, format_network, is_declared


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.0/24"),
        ("::ffff:192.0.2.200", "192.0.2.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1::/48"),
        ("fe80::1%eth0", "fe80::/48"),
        ("", "unknown"),
        ("192.0.2.7:443", "unknown"),
    ],
)
def test_an_address_belongs_to_a_network(address: str, network: str) -> None:
    assert format_network(address) == network


@given(st.text(max_size=80))
def test_no_address_raises(address: str) -> None:
    assert len(format_address(address)) <= 45
    assert format_network(address)


def test_declared_networks_are_recognised() -> None:
    declared = ("10.14.0.0/16", "2001:db8:14::/48")
    assert is_declared("10.14.200.1", declared)
    assert is_declared("::ffff:10.14.0.1", declared)
    assert is_declared("2001:db8:14::9", declared)
    assert not is_declared("10.15.0.1", declared)
    assert not is_declared("nowhere", declared)
