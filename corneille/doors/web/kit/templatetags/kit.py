"""The components that every page is made of. A theme replaces their templates, never the pages.

Nothing here writes a `style` attribute or a script: the content security policy refuses both.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField, CheckboxInput, RadioSelect, Textarea
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from corneille.access.place import Place
from corneille.doors.web.kit import formats
from corneille.kernel import clock, settings
from corneille.kernel.settings import Ground
from corneille.notices.place_words import name_place

register = template.Library()


def _zone() -> ZoneInfo:
    return ZoneInfo(settings.of(Ground).time_zone)


# --- words


@register.filter
def when(at: datetime) -> str:
    """`{{ message.received_at|when }}`: the shortest form, for lists."""
    return formats.format_when(at, clock.now(), _zone())


@register.filter
def until(at: datetime) -> str:
    """When a wait ends."""
    return formats.format_until(at, clock.now(), _zone())


@register.filter
def day(on: date) -> str:
    """« 1er septembre 2026 »."""
    return formats.format_day(on)


@register.filter
def weekday(on: date) -> str:
    """« mardi 1er septembre »."""
    return formats.format_day(on, year=False, weekday=True)


@register.filter
def size(size_bytes: int) -> str:
    """« 1,4 Mo »."""
    return formats.format_size(size_bytes)


@register.filter
def count(number: int) -> str:
    """« 20 000 »."""
    return formats.format_count(number)


class Program(Protocol):
    """What somebody signs in with: proper names, each empty when it does not say."""

    @property
    def name(self) -> str: ...

    @property
    def system(self) -> str: ...


@register.filter
def program(told: Program) -> str:
    """« Firefox sous Windows »; one of the two when the other is not known; nothing when neither is."""
    if told.name and told.system:
        return _("%(program)s on %(system)s") % {"program": told.name, "system": told.system}
    return told.name or told.system


@register.filter
def place(told: Place) -> str:
    """« Dijon, France »; « réseau de l’établissement … »; nothing when nobody knows."""
    return name_place(told)


@register.simple_tag
def moment(at: datetime, *, full: bool = False) -> SafeString:
    """A `<time>`: short with the full form as its title, or the full form."""
    whole = formats.format_moment(at, _zone())
    if full:
        return format_html('<time datetime="{}">{}</time>', at.isoformat(timespec="seconds"), whole)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', at.isoformat(timespec="seconds"), whole, when(at)
    )


@register.simple_tag
def period(begins_at: datetime, ends_at: datetime) -> str:
    """From when to when; the day once, where it is the same."""
    return formats.format_period(begins_at, ends_at, _zone())


# --- signs and buttons


@register.simple_tag
def icon(name: str, label: str = "", extra: str = "") -> SafeString:
    """A sign of the sprite; without a label it is decoration and screen readers pass over it."""
    classes = f"icon {extra}".strip()
    href = f"{static('kit/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="{}"/></svg>', classes, label, href
        )
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}"/></svg>', classes, href
    )


@register.inclusion_tag("kit/button.html")
def button(
    text: str,
    *,
    kind: str = "",
    sign: str = "",
    name: str = "",
    value: str = "",
    extra: str = "",
    form: str = "",
) -> dict[str, object]:
    """A submit button. `kind`: primary, "", quiet, danger; `name` and `value` say which action of a form."""
    return {
        "text": text,
        "kind": kind,
        "sign": sign,
        "name": name,
        "value": value,
        "extra": extra,
        "form": form,
    }


@register.inclusion_tag("kit/button_link.html")
def button_link(text: str, url: str, *, kind: str = "", sign: str = "", extra: str = "") -> dict[str, object]:
    """A link that looks like a button: it goes somewhere and changes nothing."""
    return {"text": text, "url": url, "kind": kind, "sign": sign, "extra": extra}


@register.inclusion_tag("kit/icon_button.html")
def icon_button(
    sign: str, label: str, *, name: str = "", value: str = "", pressed: bool | None = None, form: str = ""
) -> dict[str, object]:
    """A submit button shown as a sign; `label` is its name for everybody (tooltip and screen reader)."""
    state = "" if pressed is None else str(pressed).lower()
    return {"sign": sign, "label": label, "name": name, "value": value, "pressed": state, "form": form}


@register.simple_tag
def badge(text: object, kind: str = "neutral") -> SafeString:
    """A short state: neutral, info, success, warning, danger. Colour is never its only meaning."""
    return format_html('<span class="badge badge--{}">{}</span>', kind, text)


# --- forms


@register.inclusion_tag("kit/field.html")
def field(
    bound: BoundField, *, hint: str = "", extra: str = "", hide_label: bool = False
) -> dict[str, object]:
    """Label, hint, fault and control of one form field, tied together for screen readers."""
    hint = hint or str(bound.help_text or "")
    ids = [f"{bound.auto_id}-hint"] if hint else []
    if bound.errors:
        ids.append(f"{bound.auto_id}-error")
    widget = bound.field.widget
    attributes: dict[str, object] = {"class": "input"}
    if isinstance(widget, CheckboxInput | RadioSelect):
        attributes["class"] = "check__box"
    elif isinstance(widget, Textarea):
        attributes["class"] = "input input--area"
    if ids:
        attributes["aria-describedby"] = " ".join(ids)
    if bound.errors:
        attributes["aria-invalid"] = "true"
    return {
        "bound": bound,
        "control": bound.as_widget(attrs=attributes),  # type: ignore[arg-type]
        "hint": hint,
        "extra": extra,
        "hide_label": hide_label,
        "is_check": isinstance(widget, CheckboxInput),
        "is_group": isinstance(widget, RadioSelect),
    }


@register.inclusion_tag("kit/form_errors.html")
def form_errors(form: BaseForm) -> dict[str, object]:
    """What is wrong with a whole form, first on the page, with the focus; each fault leads to its field."""
    return {
        "form": form,
        "faulty": [bound for bound in form if bound.errors],
        "general": form.non_field_errors(),
    }


# --- blocks


_ALERT_SIGNS = {"info": "info", "success": "check-circle", "warning": "warning", "danger": "stop"}


@register.simple_block_tag(end_name="endalert")
def alert(content: str, kind: str = "info", title: str = "", *, live: bool = False) -> SafeString:
    """A framed word to the person; `live` when it answers what they just did."""
    return format_html(
        '<div class="alert alert--{}"{}>{}<div class="alert__body">{}{}</div></div>',
        kind,
        mark_safe(' role="status"') if live else "",
        icon(_ALERT_SIGNS[kind]),
        format_html('<p class="alert__title">{}</p>', title) if title else "",
        content,
    )


@register.simple_block_tag(end_name="endcard")
def card(content: str, title: str = "", sign: str = "", extra: str = "") -> SafeString:
    """A section in a frame of its own."""
    head = ""
    if title:
        head = format_html('<h2 class="card__title">{}{}</h2>', icon(sign) if sign else "", title)
    return format_html('<section class="{}">{}{}</section>', f"card {extra}".strip(), head, content)


@register.simple_block_tag(end_name="enddetails")
def details(
    content: str, summary: str, *, sign: str = "", name: str = "", is_open: bool = False
) -> SafeString:
    """What one may open; those that share a `name` close one another."""
    return format_html(
        '<details class="details"{}{}><summary class="details__summary">{}<span>{}</span>{}</summary>'
        '<div class="details__body">{}</div></details>',
        format_html(' name="{}"', name) if name else "",
        mark_safe(" open") if is_open else "",
        icon(sign) if sign else "",
        summary,
        icon("chevron-down", extra="details__chevron"),
        content,
    )


@register.simple_block_tag(end_name="endtable")
def table(content: str, caption: str, *, hide_caption: bool = True, extra: str = "") -> SafeString:
    """A table that scrolls in its own frame; with `table--cards` a phone shows its rows as cards (`data-label`)."""
    return format_html(
        '<div class="table-frame" role="group" aria-label="{}" tabindex="0"><table class="{}">'
        "<caption{}>{}</caption>{}</table></div>",
        caption,
        f"table {extra}".strip(),
        mark_safe(' class="visually-hidden"') if hide_caption else "",
        caption,
        content,
    )


@register.inclusion_tag("kit/empty_state.html")
def empty_state(sign: str, title: str, text: str = "") -> dict[str, object]:
    """What stands where there is nothing to list, and why that is all right."""
    return {"sign": sign, "title": title, "text": text}


@register.inclusion_tag("kit/breadcrumb.html")
def breadcrumb(*parts: str) -> dict[str, object]:
    """`{% breadcrumb url label url label … last-label %}`."""
    pairs = list(zip(parts[0::2], parts[1::2], strict=False))
    return {"pairs": pairs, "last": parts[-1]}


@register.inclusion_tag("kit/pagination.html", takes_context=True)
def pagination(context: Context, page: "Page[object]", *, parameter: str = "page") -> dict[str, object]:
    """Links to the other pages of a list; the rest of the address stays as it is."""
    query = context["request"].GET.copy()
    query.pop(parameter, None)
    kept = f"{query.urlencode()}&" if query else ""
    numbers: Sequence[int | str] = list(
        page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    )
    return {"page": page, "numbers": numbers, "prefix": f"?{kept}{parameter}="}


@register.inclusion_tag("kit/copyable.html")
def copyable(value: object, label: str) -> dict[str, object]:
    """A value to type elsewhere, with a button that copies it where scripts run."""
    return {"value": value, "label": label}
