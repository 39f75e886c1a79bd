from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "corneille.desk"
    label = "desk"
