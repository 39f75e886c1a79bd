"""Addresses of auto-dépannage. The one with a reference stands in every refusal of every door."""

from django.urls import path

from corneille.doors.web.help import check, rules, trouble

app_name = "help"

urlpatterns = [
    path("", trouble.begin, name="begin"),
    path("/navigateur", check.browser, name="browser"),
    path("/regles", rules.rules, name="rules"),
    path("/envoyer", trouble.send, name="send_cause"),
    path("/cause/<str:code>", trouble.cause, name="cause"),
    path("/<str:where>", trouble.symptoms, name="symptoms"),
]
