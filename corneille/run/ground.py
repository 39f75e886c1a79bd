"""Opens the ground that every process stands on: settings, keys, databases, store, blobs, wake-ups; closes it again."""

import importlib
import importlib.util
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import connections

from corneille.kernel import blobs, keys, settings, wake
from corneille.mail import store

SECTION_MODULES = (
    "corneille.kernel.journal_settings",
    "corneille.people.settings",
    "corneille.access.settings",
    "corneille.access.password_settings",
    "corneille.access.factor_settings",
    "corneille.access.passkey_settings",
    "corneille.access.burst_settings",
    "corneille.access.unusual_settings",
    "corneille.access.place_settings",
    "corneille.access.program_settings",
    "corneille.sso.sso_settings",
    "corneille.mail.settings",
    "corneille.notices.gateway_settings",
    "corneille.notices.support_contact",
    "corneille.calendar.settings",
    "corneille.transport.settings",
    "corneille.classes.settings",
    "corneille.documents.settings",
    "corneille.protection.settings",
    "corneille.support.settings",
    "corneille.privacy.export.settings",
    "corneille.doors.frame.limits",
    "corneille.doors.frame.newcomer_settings",
    "corneille.doors.frame.tls_settings",
    "corneille.doors.smtp.settings",
    "corneille.doors.web.settings",
    "corneille.run.listen",
    "corneille.run.metrics_settings",
    "corneille.run.probe_settings",
)
"""Where settings are declared: imported before any value is read, so that an unknown name is refused."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What is open in this process."""

    data: Path
    wake: wake.Wake
    store: store.Store

    def close(self) -> None:
        """Waits for what is being written, then lets go of everything."""
        from corneille.access.recognise import recogniser  # has tables

        recogniser.drain()
        self.store.close()
        self.wake.close()
        connections.close_all()


def load_settings(data: Path, **given: Mapping[str, object]) -> None:
    """Reads the data directory's settings. Raises SettingsRefused."""
    for module in SECTION_MODULES:
        if importlib.util.find_spec(module) is not None:
            importlib.import_module(module)
    given["ground"] = {**given.get("ground", {}), "data": str(data)}
    settings.load(data / "corneille.toml", os.environ, **given)


def open_ground(data: Path, *, slot: int = 0, **given: Mapping[str, object]) -> Ground:
    """Opens a data directory for this process; `slot` numbers the processes that share it.

    data   is made, with its databases, when it is new
    given  settings that win over the file and the environment: `ground={"domain": …}`
    """
    data = prepare(data, **given)
    blobs.install(blobs.Blobs(data / "blobs"))
    woken = wake.Wake(data / "wake")
    wake.install(woken)
    opened = store.open_store(data / "mail", slot=slot)
    store.install(opened)
    return Ground(data, woken, opened)


def prepare(data: Path, **given: Mapping[str, object]) -> Path:
    """Reads settings and keys and sets Django up, without opening a database; returns the directory, absolute.

    What has tables can only be imported after this: `run/command` calls it before it imports `serve` or `demo`.
    """
    data = data.resolve()
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    load_settings(data, **given)
    keys.install(keys.Keys(data / "keys.json"))
    _set_up_django(data)
    return data


def migrate() -> None:
    """Brings the main database to the schema of this code; safe to run again."""
    call_command("migrate", verbosity=0, interactive=False)


def _set_up_django(data: Path) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "corneille.run.django_settings"
    if not apps.ready:
        django.setup()
    database = str(data / "corneille.sqlite3")
    if django_settings.DATABASES["default"]["NAME"] != database:  # one process opens several only in tests
        connections.close_all()
        connections.settings["default"]["NAME"] = database
