"""Names come from where the settings say, and from nowhere else."""

from pathlib import Path

import pytest

from corneille.kernel import settings
from corneille.run.ground import Ground
from corneille.transport.queries import Waiting
from corneille.transport.resolve import NameFault, ZoneResolver, list_addresses, list_mail_exchangers
from corneille.transport.route import choose_routes

ZONE = """
$TTL 300
school.test.      IN MX 20 second.school.test.
school.test.      IN MX 10 first.school.test.
first.school.test.  IN A 192.0.2.1
first.school.test.  IN AAAA 2001:db8::1
second.school.test. IN A 192.0.2.2
alone.test.       IN A 192.0.2.3
silent.test.      IN MX 0 .
lost.test.        IN MX 10 nowhere.test.
"""


def test_exchangers_come_best_first_and_a_domain_may_stand_for_itself() -> None:
    zone = ZoneResolver(ZONE)
    assert list_mail_exchangers(zone, "school.test") == ["first.school.test", "second.school.test"]
    assert list_mail_exchangers(zone, "alone.test") == ["alone.test"]
    assert list_addresses(zone, "First.school.test") == ["2001:db8::1", "192.0.2.1"]
    assert list_addresses(zone, "[192.0.2.9]") == ["192.0.2.9"]


@pytest.mark.parametrize("name", ["unknown.test", "a" * 300 + ".test", "a..test"])
def test_a_name_that_is_not_there_is_a_permanent_fault(name: str) -> None:
    with pytest.raises(NameFault) as caught:
        list_mail_exchangers(ZoneResolver(ZONE), name)
    assert caught.value.is_permanent


def test_recipients_are_grouped_by_their_servers(ground: Ground, tmp_path: Path) -> None:
    file = tmp_path / "zone"
    file.write_text(ZONE)
    settings.load(None, {}, ground={"data": str(ground.data)}, transport={"resolver": f"zone:{file}"})
    addresses = ["a@school.test", "b@School.test", "c@silent.test", "d@unknown.test", "e@lost.test"]
    found = choose_routes([Waiting(number, address, 0, False) for number, address in enumerate(addresses)])
    shown = [
        (
            [each.address for each in route.targets],
            route.fault and route.fault.enhanced,
            [one.address for one in group],
        )
        for route, group in found
    ]
    assert shown == [
        (["2001:db8::1", "192.0.2.1", "192.0.2.2"], None, ["a@school.test", "b@School.test"]),
        ([], "5.1.10", ["c@silent.test"]),
        ([], "5.1.2", ["d@unknown.test"]),
        ([], "4.4.3", ["e@lost.test"]),
    ]
