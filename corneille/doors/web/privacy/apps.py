from django.apps import AppConfig


class WebPrivacyConfig(AppConfig):
    name = "corneille.doors.web.privacy"
    label = "web_privacy"
