from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "corneille.notices"
    label = "notices"
