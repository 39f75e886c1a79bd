from django.apps import AppConfig


class WebSsoConfig(AppConfig):
    name = "corneille.doors.web.sso"
    label = "web_sso"
