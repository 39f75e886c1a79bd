"""Articles on pages: their text as HTML, and the few that a page offers."""

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from markdown_it import MarkdownIt

from corneille.desk.article import pick_articles
from corneille.doors.web.help.offer import choose_offered

register = template.Library()
_markdown = MarkdownIt("commonmark", {"html": False}).disable(["image", "html_block", "html_inline"])


@register.filter
def article_text(text: str) -> SafeString:
    """CommonMark without HTML and images; addresses that run something are no links (markdown-it's own check)."""
    html: str = _markdown.render(text)
    return mark_safe(html)  # noqa: S308  # what was written is escaped by the renderer


@register.simple_tag
def question(code: str) -> tuple[str, str]:
    """Topic and name of an article, for its address."""
    topic, _slash, name = code.partition("/")
    return topic, name


@register.inclusion_tag("help/_offered.html", takes_context=True)
def offered_help(context: Context) -> dict[str, object]:
    """« Aide »: answers to what this page, or the cause that it tells of (`cause_code`), lets people ask."""
    found = context["request"].resolver_match
    codes = choose_offered(found.view_name if found else "", str(context.get("cause_code", "")))
    language = get_language() or "fr"
    return {"offered": [(each.code, each.say(language).title) for each in (pick_articles(codes, {}) if codes else [])]}
