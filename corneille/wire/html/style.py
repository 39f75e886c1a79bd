"""What of a stranger's CSS is kept: an allow-list of properties, and values that fetch, cover or hide
nothing."""

import re

SHEET_CHARS = 256 * 1024
"""Style sheets of one message, together; beyond this none of them is applied."""

SPREAD_CHARS = 64 * 1024 * 1024
"""Characters of sheet times elements: bounds what inlining can write when every rule touches every
element."""

STYLE_CHARS = 8192
"""One style attribute, cut beyond."""

DECLARATION_CHARS = 300

PROPERTIES = frozenset([
    "background-color", "border", "border-bottom", "border-bottom-color", "border-bottom-style",
    "border-bottom-width", "border-collapse", "border-color", "border-left", "border-left-color",
    "border-left-style", "border-left-width", "border-radius", "border-right", "border-right-color",
    "border-right-style", "border-right-width", "border-spacing", "border-style", "border-top",
    "border-top-color", "border-top-style", "border-top-width", "border-width", "caption-side", "clear",
    "color", "direction", "display", "empty-cells", "float", "font", "font-family", "font-size",
    "font-style", "font-variant", "font-weight", "height", "letter-spacing", "line-height",
    "list-style-position", "list-style-type", "margin", "margin-bottom", "margin-left", "margin-right",
    "margin-top", "max-height", "max-width", "min-height", "min-width", "overflow-wrap", "padding",
    "padding-bottom", "padding-left", "padding-right", "padding-top", "table-layout", "text-align",
    "text-decoration", "text-indent", "text-transform", "unicode-bidi", "vertical-align", "white-space",
    "width", "word-break", "word-spacing", "word-wrap",
])

_DECLARATION = re.compile(r"""(?:[^;"'()]|"[^"]*"|'[^']*'|\([^()]*\))+""")
_FUNCTION = re.compile(r"([a-zA-Z-]*)\(")
_FUNCTIONS = frozenset({"rgb", "rgba", "hsl", "hsla"})
_SUSPECT = re.compile(r"[\\<>@{}]|/\*|javascript:|expression|behavior", re.IGNORECASE)
_COLOUR = re.compile(r"(#[0-9a-fA-F]{3,8}|[a-zA-Z]{3,24}|(?:rgb|hsl)a?\([^()]*\))(?![\w(#-])")
_NEGATIVE = re.compile(r"(?:^|[\s,])-\s*[\d.]")


def clean_style(text: str) -> str:
    """The declarations of a style attribute that are allowed, `background` reduced to its colour."""
    kept = []
    for found in _DECLARATION.finditer(text):
        name, colon, value = found.group().partition(":")
        name, value = name.strip().lower(), value.strip()
        if not colon or len(value) > DECLARATION_CHARS or _SUSPECT.search(value):
            continue
        if name == "background":
            name, value = "background-color", _choose_colour(value)
        if name in PROPERTIES and value and _is_harmless(name, value):
            kept.append(f"{name}:{value}")
    return ";".join(kept)


def _is_harmless(name: str, value: str) -> bool:
    if any(function.lower() not in _FUNCTIONS for function in _FUNCTION.findall(value)):
        return False  # url(), image-set(), var(), attr() …
    if name.startswith((
        "margin", "text-indent", "letter-spacing", "word-spacing",
    )) and _NEGATIVE.search(value):
        return False  # pulls text over other text, or out of sight
    return not (name == "float" and value.lower().startswith("inherit"))


def _choose_colour(value: str) -> str:
    value = re.sub(r"url\([^()]*\)|url\(.*", " ", value, flags=re.IGNORECASE)
    for found in _COLOUR.finditer(value):
        if found.group(1).lower() not in _NOT_COLOURS:
            return found.group(1)
    return ""


_NOT_COLOURS = frozenset([
    "none", "repeat", "fixed", "scroll", "local", "center", "top", "left", "right", "bottom", "cover",
    "contain", "round", "space", "inherit", "initial", "unset", "url",
])

_TOKEN = re.compile(
    r"/\*.*?(?:\*/|\Z)|[{};]|@[a-zA-Z-]+|\"[^\"\n]*\"|'[^'\n]*'|<!--|-->", re.DOTALL
)


def drop_at_rules(sheet: str) -> str:
    """A style sheet without comments and without @rules and their blocks (@media cannot be inlined, @import
    fetches)."""
    kept: list[str] = []
    start, depth, skip_from = 0, 0, -1  # skip_from: depth at which the @rule being left out began
    for token in _TOKEN.finditer(sheet):
        text = token.group()
        if skip_from < 0:
            kept.append(sheet[start : token.start()])
        start = token.end()
        if text == "{":
            depth += 1
        elif text == "}":
            depth = max(0, depth - 1)
        if skip_from >= 0:
            if depth <= skip_from and text in "};":
                skip_from = -1
            continue
        if text.startswith("@"):
            skip_from = depth
        elif not text.startswith(("/*", "<!--", "-->")):
            kept.append(text)
    if skip_from < 0:
        kept.append(sheet[start:])
    return "".join(kept)
