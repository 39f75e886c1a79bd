"""The text of an article as HTML."""

from django import template
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

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
