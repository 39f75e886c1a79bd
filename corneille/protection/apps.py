from django.apps import AppConfig


class ProtectionConfig(AppConfig):
    name = "corneille.protection"
    label = "protection"
