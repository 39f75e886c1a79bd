"""Whom a journey of access takes."""

from collections.abc import Callable

import pytest

from tests.journeys.demonstration import Demonstration, DemoPerson
from tests.journeys.look import Look


@pytest.fixture
def somebody(look: Look, demonstration: Demonstration, newcomers: Demonstration) -> Callable[[str], DemoPerson]:
    """`somebody(case)`: to whom this happens. Journeys use it up: in English it is not the demonstration's own."""
    return (demonstration if look.language == "fr" else newcomers).of_case
