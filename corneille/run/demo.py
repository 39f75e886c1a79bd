"""The demonstration académie in one command: made when new, served, told on the terminal or as one line of JSON."""

import ipaddress
import json
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from corneille.doors.web import cookies
from corneille.kernel import clock, settings
from corneille.people.account_type import AccountType
from corneille.run import listen, log
from corneille.run.demonstration import standin_server
from corneille.run.demonstration.agendas import make_agendas
from corneille.run.demonstration.cases import CASES, list_factor_rules
from corneille.run.demonstration.catcher import CATCHER_PATH, Catcher
from corneille.run.demonstration.classes import make_classes
from corneille.run.demonstration.demo_person import DemoPerson
from corneille.run.demonstration.disruptions import make_disruptions
from corneille.run.demonstration.incidents import make_incidents
from corneille.run.demonstration.lists import make_lists
from corneille.run.demonstration.messages import fill_mail
from corneille.run.demonstration.people import make_people
from corneille.run.demonstration.positions import make_positions
from corneille.run.demonstration.requests import make_requests
from corneille.run.demonstration.services import DemoService, make_services
from corneille.run.ground import load_settings, open_ground
from corneille.run.serve import Served, find_own_certificate, given_settings, make_ready, serve_on

SEED = 2026
DOMAIN = "ac-demonstration.test"


@dataclass(frozen=True, slots=True)
class Started:
    """What there is to tell once every door answers."""

    people: Sequence[DemoPerson]
    sockets: listen.Sockets
    data: Path
    host: str
    services: Sequence[DemoService] = ()

    def as_json(self) -> dict[str, object]:
        """The one line that `--json` prints: addresses, ports, people."""
        host_name = settings.of(settings.Ground).host_name
        web = f"https://{host_name}:{listen.port_of(self.sockets.web)}"
        shown = find_own_certificate(self.data)
        return {
            "ready": True,
            "domain": DOMAIN,
            "web": web,
            "http": f"http://{host_name}:{listen.port_of(self.sockets.http)}",
            "ca": str(shown.authority),
            "imap": {
                "host": self.host,
                "tls_port": listen.port_of(self.sockets.imap_tls),
                "starttls_port": listen.port_of(self.sockets.imap),
            },
            "submission": {
                "host": self.host,
                "tls_port": listen.port_of(self.sockets.submission_tls),
                "starttls_port": listen.port_of(self.sockets.submission),
            },
            "smtp": {"host": self.host, "port": listen.port_of(self.sockets.smtp)},
            "lmtp": {"host": settings.of(listen.Listen).lmtp_host, "port": listen.port_of(self.sockets.lmtp)},
            "dav": f"{web}/dav/",
            "pages": {
                "inbox": f"{web}/courrier/",
                "activity": f"{web}/mes-connexions",
                "settings": f"{web}/configurer",
                "catcher": f"{web}{CATCHER_PATH}",
                "calendar": f"{web}/agenda/",
                "home": f"{web}/",
                "help": f"{web}/depannage",
                "faq": f"{web}/aide",
                "status": f"{web}/etat-du-service",
                "report": f"{web}/signalements",
                "requests": f"{web}/demandes",
                "desk": f"{web}/assistance",
                "lists": f"{web}/listes",
            },
            "services": [
                {
                    "name": each.name,
                    "url": each.url,
                    "post": f"{web}/api/v1/notices",
                    "credential": each.credential,
                    "client_id": each.slug,
                    "client_secret": each.secret,
                }
                for each in self.services
            ],
            "oidc": web,
            "cookies": {"session": cookies.SESSION_COOKIE, "device": cookies.DEVICE_COOKIE},
            "people": [person.as_json() for person in self.people],
        }


def demo(data: Path, *, host: str | None, port_base: int, processes: int, as_json: bool) -> int:
    """Makes the demonstration when `data` is new, then serves it until told to stop; returns the exit code.

    as_json  one line of JSON on standard output when ready, nothing else ever there
    """
    log.configure()
    data = data.resolve()
    given = given_settings(host=host, port_base=port_base)
    given["ground"] = {"demonstration": True, "domain": DOMAIN}
    load_settings(data, **given)
    sockets = listen.bind(settings.of(listen.Listen))
    catcher_socket = listen.listen_on("127.0.0.1", 0)
    is_loopback = _is_loopback(settings.of(listen.Listen).host)
    service_sockets = standin_server.bind(port_base) if is_loopback else []
    web_port = listen.port_of(sockets.web)
    given["ground"] = {**given["ground"], "web_url": f"https://localhost:{web_port}"}
    given["transport"] = {"smart_host": "127.0.0.1", "smart_host_port": listen.port_of(catcher_socket)}
    given["sso"] = {"logout_networks": ("127.0.0.0/8",), "logout_authority": str(data / "tls" / "ca.pem")}
    given["web"] = {"catcher_url": CATCHER_PATH}
    given["support_contact"] = {  # a number that is kept for fiction
        "telephone": "01 99 00 12 34", "address": f"assistance@{DOMAIN}",
        "hours_french": "du lundi au vendredi, 8\u00a0h\u00a030 à 17\u00a0h\u00a030",
        "hours_english": "Monday to Friday, 8:30 to 17:30",
    }  # fmt: skip
    # Teachers too, so that what a date brings can be seen; their own dates are a year away.
    given["passwords"] = {"renewal_months": ("enseignant=12", "support=12", "securite=12", "delegue=12")}
    # Nobody has three sign-ins to make first, so that what a rule brings can be seen.
    given["factors"] = {"compulsory": list_factor_rules(clock.now().date()), "grace_sign_ins_count": 0}
    catcher = Catcher(data / "catcher")
    try:
        people, services = _prepare(data, given, standin_server.name_urls(service_sockets))
        started = Started(people, sockets, data, settings.of(listen.Listen).host, services)

        async def start_others() -> Callable[[], Awaitable[None]]:
            stop_catcher = await catcher.start(catcher_socket)
            issuer, shown = f"https://localhost:{web_port}", find_own_certificate(data)
            stop_services = await standin_server.start(services, service_sockets, issuer, shown)

            async def stop() -> None:
                await stop_services()
                await stop_catcher()

            return stop

        def ready() -> None:
            if as_json:
                sys.stdout.write(json.dumps(started.as_json(), ensure_ascii=False) + "\n")
                sys.stdout.flush()
            else:
                _tell(started, web_port, sys.stdout)

        served = Served({CATCHER_PATH: catcher.app}, start_others, ready)
        return serve_on(sockets, data, given, processes=processes, served=served)
    finally:
        sockets.close()
        for each in (catcher_socket, *service_sockets):
            each.close()


def _prepare(
    data: Path, given: Mapping[str, Mapping[str, object]], service_urls: Sequence[str]
) -> tuple[list[DemoPerson], list[DemoService]]:
    """Makes what is missing; a second start finds it all and takes a moment. Off loopback there are no services."""
    ground = open_ground(data, slot=0, **given)
    try:
        make_ready(ground)
        now = clock.now()
        people = make_people(SEED, random_passwords=not service_urls, now=now)
        fill_mail(people, SEED, now, _Progress())
        make_disruptions(now)
        make_lists(people, now)
        make_agendas(people, SEED, now)
        make_classes(people, SEED, now)
        make_positions(now)
        make_incidents(people, now)
        make_requests(people, now)
        # A position's mailbox is nobody's login: it has no password to tell.
        services = make_services(SEED, service_urls, now) if service_urls else []
        return [person for person in people if person.type != AccountType.FUNCTIONAL], services
    finally:
        ground.close()


class _Progress:
    """One line that grows on a terminal, a line for each tenth elsewhere; on standard error, always."""

    def __init__(self) -> None:
        self._told_tenths = -1

    def __call__(self, words: str, done: int, total: int) -> None:
        tenths = 10 * done // max(1, total)
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{words} {done}/{total}" + ("\n" if done >= total else ""))
        elif tenths > self._told_tenths:
            sys.stderr.write(f"{words} {done}/{total}\n")
        self._told_tenths = tenths
        sys.stderr.flush()


def _is_loopback(host: str) -> bool:
    return host == "localhost" or ipaddress.ip_address(host).is_loopback


def _tell(started: Started, web_port: int, out: TextIO) -> None:
    """The terminal's page: where everything is, and who can sign in with what."""
    told = started.as_json()
    host = started.host
    sockets = started.sockets
    submission = listen.port_of(sockets.submission_tls), listen.port_of(sockets.submission)
    lines = [
        "",
        "  Académie de démonstration · demonstration académie",
        "",
        f"  Pages        {told['web']}/   (ca: {told['ca']})",
        f"  IMAP         {host}  TLS {listen.port_of(sockets.imap_tls)}  STARTTLS {listen.port_of(sockets.imap)}",
        f"  Envoi        {host}  TLS {submission[0]}  STARTTLS {submission[1]}",
        f"  SMTP, LMTP   {host}  {listen.port_of(sockets.smtp)}, {listen.port_of(sockets.lmtp)}",
        f"  Sortants     {told['web']}{CATCHER_PATH}   (rien ne quitte cette machine · nothing leaves this machine)",
        *(f"  {each.name:<12} {each.url}   (service factice · stand-in)" for each in started.services),
        "",
        f"  {'nom · name':<28} {'type':<14} {'identifiant':<16} {'mot de passe':<24} NUMEN",
    ]
    lines += [
        f"  {person.name[:27]:<28} {person.type:<14} {person.identifier:<16} {person.password:<24} {person.numen}"
        for person in started.people
    ]
    lines += ["", "  Cas particuliers · particular cases"]
    lines += [
        f"  {person.name[:27]:<28} {person.identifier:<16} {CASES[person.case]}"
        + (f" ({person.totp_seed})" if person.totp_seed else "")
        + (f" ({person.numen}, {person.birth_on}, {person.activation_code})" if person.activation_code else "")
        for person in started.people
        if person.case
    ]
    lines += ["", "  Ctrl-C : arrêter · stop", ""]
    out.write("\n".join(lines))
    out.flush()
