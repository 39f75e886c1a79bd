"""« Aide »: questions and answers, searchable, written anew by the rectorat's support, with every version."""

from collections.abc import Mapping
from functools import cache

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from corneille.desk.article import (
    TEXT_LENGTH,
    TITLE_LENGTH,
    TOPICS,
    Article,
    ArticleRefused,
    Said,
    add_article,
    find_article,
    list_articles,
    list_shipped,
    list_versions,
    write_article,
)
from corneille.desk.article_search import search_articles
from corneille.doors.web.errors import NOT_FOUND, show
from corneille.doors.web.help.words import TOLD
from corneille.doors.web.person import person_of
from corneille.doors.web.settings import Web
from corneille.doors.web.spokesperson import may_speak
from corneille.doors.web.step_up import fresh_to_change
from corneille.kernel import clock
from corneille.kernel.journal import name_actor
from corneille.kernel.settings import of
from corneille.people.find import Person

TYPED_LENGTH = 200
CAUSES = "causes"
NAMES: dict[str, Promise] = {
    "connexion": _("Signing in"),
    "compte": _("My account"),
    "courrier": _("Mail"),
    "agenda": _("Calendar"),
    "logiciels": _("Mail programs and phones"),
    "securite": _("Safety"),
    CAUSES: _("What a refusal means"),
}
WHY_NOT: dict[str, Promise] = {
    "title": _("Titles want 1 to 120 characters, in both languages."),
    "text": _("Texts want 1 to 8,000 characters, in both languages."),
    "topic": _("Choose one of the topics."),
    "changed": _("Somebody else has written another version meanwhile. Yours is below: read theirs, then write again."),
}


class SaidForm(forms.Form):
    """An article in both languages."""

    french_title = forms.CharField(label=_("Title in French"), max_length=TITLE_LENGTH)
    french_text = forms.CharField(
        label=_("Text in French"), max_length=TEXT_LENGTH, widget=forms.Textarea({"rows": 10}),
        help_text=_("An empty line between paragraphs; - for lists; **bold**; [words](/page) for a link."),
    )  # fmt: skip
    english_title = forms.CharField(label=_("Title in English"), max_length=TITLE_LENGTH)
    english_text = forms.CharField(
        label=_("Text in English"), max_length=TEXT_LENGTH, widget=forms.Textarea({"rows": 10})
    )
    use_required_attribute = False

    def read(self) -> tuple[Said, Said]:
        """What was typed, in French and in English."""
        told = self.cleaned_data
        return Said(told["french_title"], told["french_text"]), Said(told["english_title"], told["english_text"])


class ArticleForm(SaidForm):
    """An article that is there; `version`: the one that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class NewForm(SaidForm):
    """An article that is to be added."""

    topic = forms.ChoiceField(label=_("Topic"), choices=[(each, NAMES[each]) for each in TOPICS])
    field_order = ("topic",)


@cache
def list_causes() -> Mapping[str, Article]:
    """What auto-dépannage says of each cause, as articles."""
    return {code: Article(code, _say(cause, "fr"), _say(cause, "en")) for cause in TOLD for code in [f"{CAUSES}/{cause}"]}


def _say(cause: object, language: str) -> Said:
    title, why, todo = TOLD[cause]  # type: ignore[index]
    with override(language):
        return Said(str(title), f"{why}\n\n**{todo}**")


@require_safe
def begin(request: HttpRequest) -> HttpResponseBase:
    """Every question by topic, or those that have the words typed; the académie's own help when it names one."""
    elsewhere = of(Web).help_url
    if elsewhere:
        return redirect(elsewhere)
    language = get_language() or "fr"
    articles = list_articles(list_causes())
    typed = request.GET.get("q", "")[:TYPED_LENGTH]
    found = search_articles(typed, articles, language)
    topics = [
        (NAMES[topic], [(each.code, each.say(language).title) for each in articles if each.topic == topic])
        for topic in (*TOPICS, CAUSES)
    ]
    shown = [(each.code, each.say(language)) for each in found]
    context = {"typed": typed, "found": shown, "topics": topics, "may_write": may_speak(request)}
    return render(request, "help/faq.html", context)


@require_safe
def article(request: HttpRequest, topic: str, name: str) -> HttpResponseBase:
    """One answer; whoever may write it finds the way there."""
    read = find_article(f"{topic}/{name}", list_causes())
    context = {
        "article": read, "said": read.say(get_language() or "fr"), "topic": NAMES[topic], "may_write": may_speak(request),
    }  # fmt: skip
    return render(request, "help/article.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_to_change
def write(request: HttpRequest, topic: str, name: str) -> HttpResponseBase:
    """The form and the history; `?version=N` fills in an earlier one, `?version=0` what was shipped."""
    if not may_speak(request):
        return show(request, NOT_FOUND)
    read = find_article(f"{topic}/{name}", list_causes())
    form = ArticleForm(request.POST if request.method == "POST" else None, initial=_fill(request, read))
    if form.is_bound and form.is_valid():
        new, writer = Article(read.code, *form.read(), form.cleaned_data["version"]), _writer(request)
        try:
            write_article(new, clock.now(), author=name_actor(writer.id), name=writer.display_name)
        except ArticleRefused as refused:
            form.add_error(None, str(WHY_NOT[str(refused.data["reason"])]))
        else:
            messages.success(request, _now("The article is written: everybody reads it now."))
            return redirect("faq:article", topic, name)
    is_shipped = read.code in list_shipped() or read.code in list_causes()
    context = {"form": form, "article": read, "versions": list_versions(read.code), "is_shipped": is_shipped}
    return render(request, "help/write.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_to_change
def add(request: HttpRequest) -> HttpResponseBase:
    """The form of a question that was not shipped."""
    if not may_speak(request):
        return show(request, NOT_FOUND)
    form = NewForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        (french, english), writer = form.read(), _writer(request)
        try:
            topic, author = form.cleaned_data["topic"], name_actor(writer.id)
            code = add_article(topic, french, english, clock.now(), author=author, name=writer.display_name)
        except ArticleRefused as refused:
            form.add_error(None, str(WHY_NOT[str(refused.data["reason"])]))
        else:
            messages.success(request, _now("The article is written: everybody reads it now."))
            return redirect("faq:article", *code.split("/"))
    return render(request, "help/add.html", {"form": form})


def _writer(request: HttpRequest) -> Person:
    person = person_of(request)
    assert person is not None
    return person


def _fill(request: HttpRequest, read: Article) -> dict[str, object]:
    wanted = request.GET.get("version", "")
    shown = read
    if wanted == "0":
        shown = list_shipped().get(read.code) or list_causes().get(read.code, read)
    elif wanted:
        shown = next((each.article for each in list_versions(read.code) if str(each.article.version) == wanted), read)
    return {
        "french_title": shown.french.title, "french_text": shown.french.text, "english_title": shown.english.title,
        "english_text": shown.english.text, "version": read.version,
    }  # fmt: skip
