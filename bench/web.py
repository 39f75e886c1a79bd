"""One person in the web pages: signs in by the form, then asks for pages, as a browser without a cache does."""

import re
import urllib.parse
import urllib.request
from dataclasses import dataclass
from http.cookiejar import CookieJar

from bench.client import trusting


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
        self._opener = urllib.request.build_opener(
            urllib.request.HTTPSHandler(context=trusting()), urllib.request.HTTPCookieProcessor(CookieJar())
        )

    def get(self, path: str) -> str:
        """Raises urllib.error.HTTPError; RuntimeError when the page is that of somebody who is not signed in."""
        with self._opener.open(self._person.base + path) as answer:
            page: str = answer.read().decode()
        if path != "/connexion" and answer.url.startswith(f"{self._person.base}/connexion"):
            raise RuntimeError(f"{path} asked to sign in again")
        return page

    def sign_in(self) -> None:
        """By the form's own fields."""
        form = self.get("/connexion")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
        if token is None:
            raise RuntimeError("/connexion shows no form")
        fields = {"csrfmiddlewaretoken": token[1], "identifier": self._person.identifier, "secret": self._person.password}
        asked = urllib.request.Request(
            f"{self._person.base}/connexion", urllib.parse.urlencode(fields).encode(), {"Referer": self._person.base}
        )
        self._opener.open(asked).read()
