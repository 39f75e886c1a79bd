"""Serves every door: binds the ports, then one process, or several that share the ports and the data directory."""

import asyncio
import gc
import logging
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection

from corneille.access.connection import forget_connections
from corneille.access.familiar import Standing, find_standing
from corneille.access.network import format_address
from corneille.doors.dav import app as dav
from corneille.doors.frame import tls as frame_tls
from corneille.doors.frame.accept import Porter
from corneille.doors.frame.bridge import Bridge
from corneille.doors.frame.newcomer import stand_familiar
from corneille.doors.frame.reload import Certificates
from corneille.doors.frame.tls_settings import Tls
from corneille.doors.imap.server import start_imap
from corneille.doors.smtp.server import SmtpSockets, start_smtp
from corneille.doors.web.settings import Web
from corneille.doors.web.static_files import publish
from corneille.kernel import clock, settings
from corneille.mail import store
from corneille.run import asgi, certificate, listen, log
from corneille.run.ground import Ground, load_settings, migrate, open_ground
from corneille.run.metrics import make_metrics
from corneille.run.metrics_settings import Metrics
from corneille.run.probe import find_doors, probe
from corneille.run.probe_settings import ProbeSettings
from corneille.run.processes import attend, fork
from corneille.run.upkeep import TASKS, Task, Upkeep
from corneille.run.web_server import make_web_server
from corneille.transport.relay import Relay

SWITCH_INTERVAL_S = 0.0003
"""How long a page's thread may hold the interpreter while the mail loop waits (Python's default is sixteen times that). The
loop asks for it several times in each slice of a long answer, and each time may wait so long."""

DOOR_THREADS = 8
"""Threads of each mail door for app passwords and what blocks otherwise: they work, they do not wait."""
PASSWORD_THREADS = 64
"""Threads of each mail door for main passwords, so that one's sign-ins hold up nobody at the other: a stranger waits up
to two seconds for a place among the password checks (`access/hash_budget` has their number), known devices must not."""

COLLECTED_AFTER = 10_000, 20, 20
"""Objects made before a collection of the young, and collections before one of the older (Python's: 700, 10, 10): most
of what a command makes is freed by its count of references, without any."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Served:
    """What is served, besides the doors: what `run/demo` adds."""

    mounts: Mapping[str, asgi.App] = field(default_factory=dict)
    started: Callable[[], Awaitable[Callable[[], Awaitable[None]]]] | None = None
    """Starts more servers on the loop of the first process, and returns how to stop them."""
    ready: Callable[[], None] | None = None
    """Called once by the first process when every door answers."""


def given_settings(*, host: str | None, port_base: int | None) -> dict[str, dict[str, object]]:
    """What the command line says, as settings that win over the file."""
    given: dict[str, dict[str, object]] = {"listen": {}, "programs": {}}
    if host is not None:
        given["listen"]["host"] = host
    if port_base is not None:
        ports = listen.ports_from_base(port_base)
        given["listen"] |= ports
        given["programs"] = {
            "imap_tls_port": ports["imap_tls_port"],
            "imap_starttls_port": ports["imap_port"],
            "submission_tls_port": ports["submission_tls_port"],
            "submission_starttls_port": ports["submission_port"],
        }
    return given


def serve(data: Path, *, host: str | None, port_base: int | None, processes: int) -> int:
    """The command `corneille serve`: serves until it is told to stop; returns its exit code."""
    log.configure()
    given = given_settings(host=host, port_base=port_base)
    load_settings(data, **given)
    sockets = listen.bind(settings.of(listen.Listen))
    try:
        ground = open_ground(data, slot=0, **given)
        try:
            make_ready(ground)
        finally:
            ground.close()
        return serve_on(sockets, data, given, processes=processes, served=Served())
    finally:
        sockets.close()


def make_ready(ground: Ground) -> None:
    """What must be there before the processes part: the schema, the static files, one certificate for all."""
    find_own_certificate(ground.data)
    migrate()
    forget_connections()
    publish()


def make_mounts(bridge: Bridge, proxies: frozenset[str]) -> dict[str, asgi.App]:
    """What stands beside the pages in every installation, by the first part of its address."""
    return {"/dav": dav.make_app(bridge, proxies), "/.well-known/caldav": dav.make_well_known()}


def find_own_certificate(data: Path) -> certificate.Certificate:
    """The certificate that every door of this installation shows."""
    ground = settings.of(settings.Ground)
    return certificate.find_certificate(settings.of(Tls), data, ground.host_name, clock.now(), domain=ground.domain)


def serve_on(
    sockets: listen.Sockets,
    data: Path,
    given: Mapping[str, Mapping[str, object]],
    *,
    processes: int,
    served: Served,
) -> int:
    """Serves on bound sockets with as many processes as asked; nothing may have opened the ground before."""
    if processes == 1:
        return _run_process(sockets, data, given, 0, served)
    children = [fork(lambda slot=slot: _run_process(sockets, data, given, slot, served)) for slot in range(processes)]  # type: ignore[misc]
    return attend(children)


def _run_process(
    sockets: listen.Sockets, data: Path, given: Mapping[str, Mapping[str, object]], slot: int, served: Served
) -> int:
    ground = open_ground(data, slot=slot, **given)
    try:
        asyncio.run(_serve(sockets, ground, slot, served))
    finally:
        ground.close()
    return 0


async def _serve(sockets: listen.Sockets, ground: Ground, slot: int, served: Served) -> None:
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    told_to_stop = _catch_signals()
    shown = find_own_certificate(ground.data)
    frame_tls.shrink_buffers()
    certificates = Certificates(shown.chain, shown.key, shown.more)
    context = certificates.context
    asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, certificates.reload)
    watching = asyncio.create_task(certificates.watch(), name="certificates")
    bridge, dav_bridge = Bridge(), Bridge(PASSWORD_THREADS)
    imap_bridge, smtp_bridge = (Bridge(DOOR_THREADS) for _door in range(2))
    imap_guesses, smtp_guesses = (Bridge(PASSWORD_THREADS) for _door in range(2))
    porter = Porter()
    imap = await start_imap(
        tls_sockets=[sockets.imap_tls], starttls_sockets=[sockets.imap], tls=context, bridge=imap_bridge,
        guesses=imap_guesses, porter=porter,
    )
    smtp = await start_smtp(
        SmtpSockets(
            reception=[sockets.smtp],
            lmtp=[sockets.lmtp],
            submission_tls=[sockets.submission_tls],
            submission_starttls=[sockets.submission],
        ),
        context,
        smtp_bridge,
        smtp_guesses,
        porter,
    )
    relay = Relay(bridge)
    relay.start()
    upkeep = Upkeep(bridge, (*TASKS, *_list_probes(ground.data, slot)))
    upkeep.start()
    stop_more = await served.started() if served.started is not None and slot == 0 else None
    proxies = frozenset(settings.of(Web).trusted_proxies)

    def find(address: str) -> Standing:
        """A declared proxy stands for people of many networks: whom it lets in first is its own matter."""
        return Standing.FAMILIAR if format_address(address) in proxies else find_standing(address)

    mounts = {**make_mounts(dav_bridge, proxies), **served.mounts}
    web = [
        make_web_server(asgi.make_app(lambda: _health(bridge), mounts), context, porter, find),
        make_web_server(asgi.make_redirect(listen.port_of(sockets.web)), None, porter, find),
    ]
    bound = [sockets.web, sockets.http]
    if settings.of(Metrics).port:
        gauges = make_metrics(bridge, shown.list_chains(), imap, smtp, porter)
        web.append(make_web_server(gauges, None, porter, stand_familiar))
        bound.append(listen.listen_on(settings.of(Metrics).host, settings.of(Metrics).port + slot))
    serving = [
        asyncio.create_task(server.serve(sockets=[each])) for server, each in zip(web, bound, strict=True)
    ]
    while not all(server.started for server in web):
        await asyncio.sleep(0.01)
    spare_collections()
    logger.info("serving", extra={"slot": slot})
    if served.ready is not None and slot == 0:
        served.ready()
    await told_to_stop.wait()
    logger.info("stopping", extra={"slot": slot})
    for server in web:
        server.should_exit = True
    watching.cancel()
    await asyncio.gather(*serving)
    await imap.close()
    await smtp.close()
    await relay.close()
    await upkeep.close()
    if stop_more is not None:
        await stop_more()
    for each in (imap_bridge, imap_guesses, smtp_bridge, smtp_guesses, dav_bridge, bridge):
        each.close()


def spare_collections() -> None:
    """Takes what is loaded by now, and lives as long as the process, out of the garbage collector's sight.

    Each full collection walked through all of it: a fifth of the interpreter's time under many short connections, and a
    stop of everybody meanwhile.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTED_AFTER)


def _list_probes(data: Path, slot: int) -> list[Task]:
    """The probe, in one process: whichever answers, it is the installation that is asked."""
    every_s = settings.of(ProbeSettings).every_s
    if slot or not every_s:
        return []
    return [Task("probe", float(every_s), lambda now: probe(find_doors(data, now), now))]


def _catch_signals() -> asyncio.Event:
    """An event that the first SIGINT or SIGTERM sets; a second one ends the process at once."""
    loop, told = asyncio.get_running_loop(), asyncio.Event()

    def stop() -> None:
        if told.is_set():
            os._exit(130)
        told.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)
    return told


async def _health(bridge: Bridge) -> dict[str, object]:
    """Whether this process can read its database and its mail index."""
    try:
        await bridge.run(_ask_database)
        count = await bridge.run(store.current().check)
    except Exception as error:  # a door: the fault is told to the probe and logged
        logger.exception("health")
        return {"ok": False, "fault": type(error).__name__}
    return {"ok": True, "shards": count}


def _ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
