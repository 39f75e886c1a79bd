"""Addresses of the questions and answers."""

from django.urls import path

from corneille.doors.web.help import faq

app_name = "faq"

urlpatterns = [
    path("", faq.begin, name="begin"),
    path("/nouvelle-question", faq.add, name="add"),
    path("/<slug:topic>/<slug:name>", faq.article, name="article"),
    path("/<slug:topic>/<slug:name>/modifier", faq.write, name="write"),
]
