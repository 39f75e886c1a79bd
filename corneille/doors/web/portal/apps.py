from django.apps import AppConfig


class WebPortalConfig(AppConfig):
    name = "corneille.doors.web.portal"
    label = "web_portal"
