"""What teaches Thunderbird an issuer that its makers did not write into it: an extension without any code of its own.

Its key `oauth_provider` names the issuer and the servers that take its tokens. Quirks of Thunderbird 153: a server whose
name has no dot is not looked up; scopes go for every protocol of a server, so that one that also serves calendars is asked
with a token.
"""

import io
import json
import zipfile
from collections.abc import Sequence
from urllib.parse import urlsplit

from corneille.kernel.settings import Ground, of, portal_address
from corneille.sso.client import ClientShown
from corneille.sso.sso_settings import MAIL

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a ZIP file holds: the same extension is the same file."""


def make_extension(client: ClientShown, hosts: Sequence[str]) -> bytes:
    """The .xpi for one registered program; `hosts`: the servers of IMAP and submission."""
    portal = portal_address()
    told = {
        "manifest_version": 2,
        "name": of(Ground).academie,
        "description": "Connexion à la messagerie sans mot de passe dans Thunderbird.",
        "version": "1.0",
        "browser_specific_settings": {
            "gecko": {"id": f"{client.slug}@{urlsplit(portal).hostname}", "strict_min_version": "153.0"},
        },
        "oauth_provider": {
            "issuer": urlsplit(portal).netloc,
            "issuerIdentifier": portal,
            "clientId": client.slug,
            "authorizationEndpoint": f"{portal}/oidc/authorize",
            "tokenEndpoint": f"{portal}/oidc/token",
            "redirectionEndpoint": "http://localhost",
            "usePKCE": True,
            "useExternalBrowser": True,
            "hostnames": list(dict.fromkeys(hosts)),
            "scopes": f"openid {MAIL}",
        },
    }  # fmt: skip
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        text = json.dumps(told, ensure_ascii=False, indent=2)
        archive.writestr(zipfile.ZipInfo("manifest.json", EPOCH), text)
    return content.getvalue()
