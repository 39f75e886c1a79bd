"""The header fields of a copy that came by a list (RFC 2919, RFC 2369), and no others: what is signed stays as it is."""

from email.header import Header

from corneille.groups.decide import Writers
from corneille.groups.group import GroupShown
from corneille.transport.header_block import drop_fields

_OF_LISTS = frozenset(
    f"list-{name}".encode() for name in ("id", "post", "help", "subscribe", "unsubscribe", "owner", "archive")
)


def format_list_fields(group: GroupShown) -> bytes:
    """List-Id, List-Post and List-Help, each ended by CR LF."""
    local, _at, domain = group.address.rpartition("@")
    post = "NO" if group.writers is Writers.OWNERS else f"<mailto:{group.address}>"  # RFC 2369 §3.4
    return (
        f"List-Id: {_phrase(group.title)}\r\n <{local}.{domain}>\r\nList-Post: {post}\r\nList-Help: <{group.page}>\r\n"
    ).encode("ascii")


def put_before(fields: bytes, content: bytes) -> bytes:
    """The content with these fields first. Another list's go: there is one List-Id at most (RFC 2919 §3)."""
    return fields + drop_fields(content, _OF_LISTS) if fields else content


def _phrase(title: str) -> str:
    """The title as a quoted string, or in encoded words (RFC 2047 §5) where it is not ASCII."""
    if title.isascii():
        quoted = title.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}"'
    return Header(title, "utf-8", header_name="List-Id").encode(linesep="\r\n")
