from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "corneille.groups"
    label = "groups"
