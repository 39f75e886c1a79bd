"""How a person wants pages to look, kept in a cookie of this browser: theme, contrast, density."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from corneille.doors.web.cookies import DISPLAY_COOKIE, YEAR_S

THEMES = ("auto", "light", "dark")
CONTRASTS = ("auto", "more")
DENSITIES = ("comfortable", "compact")


@dataclass(frozen=True, slots=True)
class Display:
    """Values of `data-…` attributes on the root element; `auto` follows the system."""

    theme: str = "auto"
    contrast: str = "auto"
    density: str = "comfortable"


def read_display(request: HttpRequest) -> Display:
    """The choice in the cookie; what is not understood counts as not chosen."""
    parts = [*request.COOKIES.get(DISPLAY_COOKIE, "").split("."), "", "", ""]
    default = Display()
    return Display(
        parts[0] if parts[0] in THEMES else default.theme,
        parts[1] if parts[1] in CONTRASTS else default.contrast,
        parts[2] if parts[2] in DENSITIES else default.density,
    )


def set_display(response: HttpResponse, display: Display) -> None:
    """Remembers the choice for a year."""
    response.set_cookie(
        DISPLAY_COOKIE,
        f"{display.theme}.{display.contrast}.{display.density}",
        max_age=YEAR_S,
        secure=True,
        httponly=True,
        samesite="Lax",
    )
