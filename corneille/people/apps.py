from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "corneille.people"
    label = "people"
