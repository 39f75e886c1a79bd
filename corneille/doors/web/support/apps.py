from django.apps import AppConfig


class WebSupportConfig(AppConfig):
    name = "corneille.doors.web.support"
    label = "web_support"
