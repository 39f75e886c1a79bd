"""One person in the web pages: signs in by the form, then asks for pages, as a browser without a cache does.

    site = Site(person); site.sign_in(); site.get("/courrier/"); site.leave()
"""

import re
import urllib.parse
import urllib.request
from dataclasses import dataclass
from http.cookiejar import CookieJar

from bench.client import trusting
from corneille.doors.web.cookies import SESSION_COOKIE


@dataclass(frozen=True, slots=True)
class WebPerson:
    """Who signs in where; the first of the bench's people, who has a main password too."""

    base: str
    identifier: str
    password: str


class Site:
    """A session of the web pages."""

    def __init__(self, person: WebPerson) -> None:
        self._person = person
        self._jar = CookieJar()
        self._opener = urllib.request.build_opener(
            urllib.request.HTTPSHandler(context=trusting()), urllib.request.HTTPCookieProcessor(self._jar)
        )

    def get(self, path: str) -> str:
        """Raises urllib.error.HTTPError; RuntimeError when the page is that of somebody who is not signed in."""
        with self._opener.open(self._person.base + path) as answer:
            page: str = answer.read().decode()
        if path != "/connexion" and answer.url.startswith(f"{self._person.base}/connexion"):
            raise RuntimeError(f"{path} asked to sign in again")
        return page

    def sign_in(self) -> None:
        """By the form's own fields. Raises RuntimeError when the person is not let in."""
        form = self.get("/connexion")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
        if token is None:
            raise RuntimeError("/connexion shows no form")
        fields = {"csrfmiddlewaretoken": token[1], "identifier": self._person.identifier, "secret": self._person.password}
        asked = urllib.request.Request(
            f"{self._person.base}/connexion", urllib.parse.urlencode(fields).encode(), {"Referer": self._person.base}
        )
        with self._opener.open(asked) as answer:
            answer.read()
            if answer.url.startswith(f"{self._person.base}/connexion"):
                raise RuntimeError(f"{self._person.identifier} is not let in")

    def leave(self) -> None:
        """Ends the session here; the browser stays a known device."""
        for cookie in list(self._jar):
            if cookie.name == SESSION_COOKIE:
                self._jar.clear(cookie.domain, cookie.path, cookie.name)
