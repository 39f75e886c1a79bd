"""What every test stands on: a real data directory of its own, and shut sockets outside doors, peers and journeys."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import pytest_socket

from corneille.run.ground import Ground, migrate, open_ground

SOCKET_FOLDERS = {"doors", "peers", "journeys", "faults", "transport"}


def pytest_runtest_setup(item: pytest.Item) -> None:
    folders = set(item.path.relative_to(Path(__file__).parent).parts)
    if folders & SOCKET_FOLDERS:
        pytest_socket.enable_socket()
        pytest_socket.socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)
    else:
        pytest_socket.disable_socket(allow_unix_socket=True)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory migrated once, to copy from."""
    data = tmp_path_factory.mktemp("migrated") / "var"
    opened = open_ground(data)
    migrate()
    opened.close()
    return data


@pytest.fixture
def ground(migrated: Path, tmp_path: Path) -> Iterator[Ground]:
    """An installation with nobody in it, open in this process."""
    data = tmp_path / "var"
    shutil.copytree(migrated, data)
    opened = open_ground(data)
    yield opened
    opened.close()
