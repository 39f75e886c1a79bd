from django.apps import AppConfig


class ClassesConfig(AppConfig):
    name = "corneille.classes"
    label = "classes"
