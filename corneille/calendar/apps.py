from django.apps import AppConfig


class CalendarConfig(AppConfig):
    name = "corneille.calendar"
    label = "calendar"
