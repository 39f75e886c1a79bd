from django.apps import AppConfig


class WebClassesConfig(AppConfig):
    name = "corneille.doors.web.classes"
    label = "web_classes"
