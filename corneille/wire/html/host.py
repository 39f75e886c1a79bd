"""The host of an address of the web, as it may be compared. Pure."""

from urllib.parse import urlsplit


def read_host(url: str) -> str:
    """The host that a URL leads to, in lower case, "" when there is none; what stands before an "@" is none."""
    try:
        return normalise_host(urlsplit(url if "//" in url else f"//{url}").hostname or "")
    except ValueError:
        return ""


def normalise_host(host: str) -> str:
    """Lower case, no final dot, international labels in their own letters."""
    return ".".join(_show_label(label) for label in host.strip().strip(".").lower().split("."))


def _show_label(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode").lower()
    except (UnicodeError, ValueError):
        return label
