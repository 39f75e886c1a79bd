"""Apple's configuration profile: mail and calendars of one person, without any password: iPhone, iPad and Mac ask for it."""

import plistlib
import uuid
from typing import Any

from corneille.wire.autoconfig.offer import Offer, Owner


def format_profile(offer: Offer, owner: Owner) -> bytes:
    """The profile, unsigned. Made again it carries the same identifiers: an iPhone updates what it has."""
    mail = {
        "EmailAccountType": "EmailTypeIMAP",
        "EmailAccountName": owner.name,
        "EmailAccountDescription": offer.name,
        "EmailAddress": owner.address,
        "IncomingMailServerAuthentication": "EmailAuthPassword",
        "IncomingMailServerHostName": offer.imap.host,
        "IncomingMailServerPortNumber": offer.imap.tls_port,
        "IncomingMailServerUseSSL": True,
        "IncomingMailServerUsername": owner.address,
        "OutgoingMailServerAuthentication": "EmailAuthPassword",
        "OutgoingMailServerHostName": offer.submission.host,
        "OutgoingMailServerPortNumber": offer.submission.tls_port,
        "OutgoingMailServerUseSSL": True,
        "OutgoingMailServerUsername": owner.address,
        "OutgoingPasswordSameAsIncomingPassword": True,
    }
    calendars = {
        "CalDAVAccountDescription": offer.name,
        "CalDAVHostName": offer.portal_host,
        "CalDAVPort": offer.portal_port,
        "CalDAVUseSSL": True,
        "CalDAVUsername": owner.address,
    }
    profile = {
        **_head(offer, owner, "Configuration", "profile"),
        "PayloadOrganization": offer.name,
        "PayloadContent": [
            {**_head(offer, owner, "com.apple.mail.managed", "mail"), **mail},
            {**_head(offer, owner, "com.apple.caldav.account", "calendars"), **calendars},
        ],
    }
    return plistlib.dumps(profile)


def _head(offer: Offer, owner: Owner, kind: str, part: str) -> dict[str, Any]:
    own = uuid.uuid5(uuid.NAMESPACE_URL, f"{offer.portal}/{owner.address}/{part}")
    reverse_domain = ".".join(reversed(offer.domains[0].split(".")))
    return {
        "PayloadType": kind,
        "PayloadVersion": 1,
        "PayloadIdentifier": f"{reverse_domain}.{part}.{own}",
        "PayloadUUID": str(own).upper(),
        "PayloadDisplayName": f"{offer.name} · {owner.address}",
    }
