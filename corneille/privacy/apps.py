from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "corneille.privacy"
    label = "privacy"
