from django.apps import AppConfig


class WebMailConfig(AppConfig):
    name = "corneille.doors.web.mail"
    label = "web_mail"
