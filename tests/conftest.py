"""What every test stands on: a real data directory of its own, and shut sockets outside doors, peers and journeys."""

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import pytest_socket
from hypothesis import settings as hypothesis_settings

from corneille.run.ground import Ground, migrate, open_ground

SOCKET_FOLDERS = {"doors", "peers", "journeys", "faults", "transport"}


# A machine that is busy with something else is no fault of what is tested.
hypothesis_settings.register_profile("corneille", deadline=None)
hypothesis_settings.load_profile("corneille")


def _migrate_once() -> Path:
    """Sets Django up, and makes a migrated data directory to copy from."""
    folder = Path(tempfile.mkdtemp(prefix="corneille-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    opened = open_ground(folder / "var")
    migrate()
    opened.close()
    return folder / "var"


# At import, before other conftests and test modules, which import operations and so models.
_MIGRATED = _migrate_once()


def pytest_runtest_setup(item: pytest.Item) -> None:
    folders = set(item.path.relative_to(Path(__file__).parent).parts)
    if folders & SOCKET_FOLDERS:
        pytest_socket.enable_socket()
        pytest_socket.socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)
    else:
        pytest_socket.disable_socket(allow_unix_socket=True)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Shows what tests counted (`record_property("counted", …)`), which is of use when all passes too."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            if name == "counted":
                terminalreporter.write_line(f"{report.nodeid.rpartition('/')[2]}: {value}")


@pytest.fixture(scope="session")
def migrated() -> Path:
    """A data directory migrated once, to copy from."""
    return _MIGRATED


@pytest.fixture
def ground(migrated: Path, tmp_path: Path) -> Iterator[Ground]:
    """An installation with nobody in it, open in this process."""
    data = tmp_path / "var"
    shutil.copytree(migrated, data)
    opened = open_ground(data)
    yield opened
    opened.close()
