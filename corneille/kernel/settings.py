"""Settings, declared once: name with unit, type, default and a paragraph.

A noun or a door declares a frozen dataclass of its own with `@section`; values come from `corneille.toml` in
the data directory, then from the environment (`CORNEILLE_<SECTION>_<NAME>`). The documentation page, the
example file and the command's help are printed from the declarations (`corneille settings`).
"""

import dataclasses
import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, cast, get_type_hints

SectionType = TypeVar("SectionType")

_sections: dict[str, type] = {}
_values: dict[type, Any] = {}


class SettingsRefused(Exception):
    """The settings cannot be used; the text says which, why, and what would be right."""


def section(name: str) -> Callable[[type[SectionType]], type[SectionType]]:
    """Registers a frozen dataclass as the section `name` of the settings."""

    def register(declared: type[SectionType]) -> type[SectionType]:
        _sections[name] = declared
        return declared

    return register


def setting(default: Any, told: str) -> Any:
    """Declares one setting: its default and the paragraph that explains it."""
    return dataclasses.field(default=default, metadata={"told": told})


@dataclass(frozen=True, slots=True)
class Declared:
    """One declared setting, as the documentation shows it."""

    section: str
    name: str
    type: type
    default: object
    told: str

    @property
    def environment(self) -> str:
        return f"CORNEILLE_{self.section}_{self.name}".upper()


def list_declared() -> list[Declared]:
    """Lists every setting of every section that has been imported, in order of name."""
    declared = []
    for name, kind in sorted(_sections.items()):
        types = get_type_hints(kind)
        for each in dataclasses.fields(kind):
            declared.append(Declared(name, each.name, types[each.name], each.default, each.metadata["told"]))
    return declared


def list_values() -> list[tuple[Declared, object]]:
    """Every declared setting with its value in force."""
    return [(each, getattr(of(_sections[each.section]), each.name)) for each in list_declared()]


def of(kind: type[SectionType]) -> SectionType:
    """The values of one section; its defaults until `load` has run."""
    if kind not in _values:
        _values[kind] = kind()
    return cast(SectionType, _values[kind])


def load(file: Path | None, environment: Mapping[str, str] = os.environ, **given: Mapping[str, object]) -> None:
    """Reads every section's values: `given` wins over the environment, which wins over the file.

    raises  SettingsRefused: unknown section or name, wrong type, or a section's own `check` refuses
    """
    written: dict[str, Any] = {}
    if file is not None and file.exists():
        try:
            written = tomllib.loads(file.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SettingsRefused(f"{file}: not a TOML file: {error}") from error
    for name in written:
        if name not in _sections:
            raise SettingsRefused(f"{file}: no section [{name}]; there are: {', '.join(sorted(_sections))}")
    _values.clear()
    for name, kind in _sections.items():
        types = get_type_hints(kind)
        values: dict[str, object] = {}
        for key, value in written.get(name, {}).items():
            if key not in types:
                raise SettingsRefused(f"{file}: [{name}] has no {key!r}; it has: {', '.join(sorted(types))}")
            values[key] = _typed(f"{file}: [{name}] {key}", types[key], value)
        for key, wanted in types.items():
            variable = f"CORNEILLE_{name}_{key}".upper()
            if variable in environment:
                values[key] = _parse(variable, wanted, environment[variable])
        values.update(given.get(name, {}))
        made = kind(**values)
        check = getattr(made, "check", None)
        if check is not None:
            check()
        _values[kind] = made


def _typed(where: str, wanted: type, value: object) -> object:
    if wanted is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, list) and wanted == tuple[str, ...]:
        if all(isinstance(each, str) for each in value):
            return tuple(value)
    elif isinstance(value, wanted) and not (wanted is int and isinstance(value, bool)):
        return value
    raise SettingsRefused(f"{where}: {value!r} is not a {_type_name(wanted)}")


def _parse(where: str, wanted: type, text: str) -> object:
    if wanted is bool:
        if text.lower() in {"true", "1", "yes", "false", "0", "no"}:
            return text.lower() in {"true", "1", "yes"}
    elif wanted == tuple[str, ...]:
        return tuple(each.strip() for each in text.split(",") if each.strip())
    elif wanted is str:
        return text
    else:
        try:
            return wanted(text)
        except ValueError:
            pass
    raise SettingsRefused(f"{where}: {text!r} is not a {_type_name(wanted)}")


def _type_name(wanted: type) -> str:
    names = {int: "whole number", float: "number", bool: "true or false", str: "text"}
    return names.get(wanted, "list of texts")


@section("ground")
@dataclass(frozen=True, slots=True)
class Ground:
    """Where this installation stands."""

    data: str = setting("var", "The data directory: databases, mail segments, keys, certificates.")
    academie: str = setting("Académie de Démonstration", "The name shown in page headers and messages.")
    domain: str = setting("ac-demonstration.test", "The principal mail domain.")
    host_name: str = setting("localhost", "The host name in addresses of pages and in server greetings.")
    web_url: str = setting(
        "", "The portal's address as people type it, where it is not https:// and host_name; refusals and notices name it."
    )
    time_zone: str = setting("Europe/Paris", "The time zone in which pages show instants (IANA name).")
    demonstration: bool = setting(
        False, "True in the demonstration académie: passwords are printed, mail leaves for the catcher."
    )
    disk_reserve_bytes: int = setting(
        256 * 1024 * 1024,
        "Mail is refused, for a time, when less than this is free, so that refusals can still be recorded.",
    )


def portal_address() -> str:
    """Where the portal is, without a slash at its end."""
    ground = of(Ground)
    return ground.web_url.rstrip("/") or f"https://{ground.host_name}"
