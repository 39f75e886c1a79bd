from django.apps import AppConfig


class WebKitConfig(AppConfig):
    name = "corneille.doors.web.kit"
    label = "web_kit"
