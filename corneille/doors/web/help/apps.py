from django.apps import AppConfig


class WebHelpConfig(AppConfig):
    name = "corneille.doors.web.help"
    label = "web_help"
