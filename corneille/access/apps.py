from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "corneille.access"
    label = "access"
