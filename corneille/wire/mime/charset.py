"""Bytes to text by a charset's name, an alias, or a guess. Never raises; never runs a decoder that may surprise."""

import codecs
from functools import lru_cache

_ALIASES = {
    "us-ascii": "utf-8", "ascii": "utf-8", "ansi-x3.4-1968": "utf-8", "x-unknown": "utf-8",
    "unknown-8bit": "utf-8", "unknown": "utf-8", "8bit": "utf-8", "7bit": "utf-8", "binary": "utf-8", "default": "utf-8",
    "utf8": "utf-8", "utf8mb4": "utf-8", "utf8mb3": "utf-8", "unicode-1-1-utf-8": "utf-8", "cp65001": "utf-8",
    "x-utf-8": "utf-8", "utf-8-sig": "utf-8", "x-user-defined": "utf-8",
    # What says Latin-1 is in fact written with the Windows set, as browsers know (WHATWG encoding standard).
    "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "l1": "cp1252",
    "windows1252": "cp1252", "windows-1252": "cp1252", "ansi": "cp1252", "x-ansi": "cp1252",
    "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874", "windows-874": "cp874",
    "iso-8859-8-i": "iso-8859-8", "iso-8859-8-e": "iso-8859-8", "logical": "iso-8859-8", "visual": "iso-8859-8",
    "iso-8859-6-i": "iso-8859-6", "iso-8859-6-e": "iso-8859-6",
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "gb-2312-80": "gb18030", "cp936": "gb18030",
    "euc-cn": "gb18030", "big5": "big5hkscs", "x-x-big5": "big5hkscs", "x-big5": "big5hkscs", "cn-big5": "big5hkscs",
    "ks-c-5601-1987": "cp949", "ks-c-5601": "cp949", "euc-kr": "cp949", "korean": "cp949", "windows-949": "cp949",
    "x-windows-949": "cp949", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "ms-kanji": "cp932",
    "windows-31j": "cp932", "iso-2022-jp": "iso2022_jp_ext", "iso-2022-jp-1": "iso2022_jp_ext",
    "cp50220": "iso2022_jp_ext", "x-euc-jp": "euc_jp", "koi8": "koi8-r", "macintosh": "mac-roman",
    "x-mac-roman": "mac-roman", "x-mac-cyrillic": "mac-cyrillic", "x-mac-ce": "mac-latin2", "unicode": "utf-16",
}  # fmt: skip
_STARTS = ("charset=", "3d", "x-cp", "x-windows-")
_UNSAFE = frozenset(("utf-7", "idna", "punycode", "raw-unicode-escape", "unicode-escape", "undefined", "mbcs", "oem"))
_WIDE = ("gb", "big5", "cp949", "cp932", "iso2022", "euc", "utf-16", "utf-32", "johab", "shift", "hz")


@lru_cache(maxsize=512)
def find_codec(name: str) -> str | None:
    """Python's name for a charset as mail spells it; None when it is empty, unknown or no charset (rot13, zip …).

    UTF-7 is refused: nobody needs it, and it hides markup from whoever looks at the bytes. Its text stays readable
    enough as ASCII.
    """
    name = name[:80].lower().strip("\"' \t;.*=")
    for start in _STARTS:
        if name.startswith(start) and len(name) > len(start):
            name = {"x-cp": "cp", "x-windows-": "cp"}.get(start, "") + name.removeprefix(start).strip("\"' =")
    name = name.replace("_", "-").replace(" ", "-")
    name = _ALIASES.get(name, name)
    if not name or not name.isascii() or not name.isprintable():
        return None
    try:
        codec = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    # Python marks its byte-to-byte codecs by this attribute, which has no public name.
    if codec.name.replace("_", "-") in _UNSAFE or not getattr(codec, "_is_text_encoding", True):
        return None
    return codec.name


def decode_bytes(raw: bytes, charset: str) -> str:
    """Text of `raw`, said to be in `charset` ("" when nothing is said). Wrong octets never stop it.

    The named charset is believed when it reads every octet; else UTF-8 when that does (nothing else looks like it by
    chance); else a wide charset by its name and a spoilt UTF-8 with U+FFFD for what they cannot read; else windows-1252.
    """
    codec = find_codec(charset)
    for name in (codec, "utf-8"):
        if name is not None:
            try:
                return raw.decode(name)
            except (UnicodeError, ValueError):
                continue
    if codec is not None and codec.startswith(_WIDE):
        return _decode_broken(raw, codec)
    if codec == "utf-8" and _is_mostly_utf8(raw):
        return raw.decode("utf-8", "replace")
    return raw.decode("cp1252", "replace")


def _decode_broken(raw: bytes, codec: str) -> str:
    try:
        return raw.decode(codec, "replace")
    except (UnicodeError, ValueError):  # some stateful decoders give up all the same
        return raw.decode("cp1252", "replace")


def _is_mostly_utf8(raw: bytes) -> bool:
    """Is this UTF-8 that was cut or spoilt somewhere, rather than a set of one octet under a false name?"""
    head = raw[:65536]
    kept = len(head.decode("utf-8", "ignore").encode("utf-8"))
    wide_count = len(head.translate(None, bytes(range(128))))
    return (len(head) - kept) * 3 < wide_count
