from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "corneille.support"
    label = "support"
