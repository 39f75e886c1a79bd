from django.apps import AppConfig


class WebCalendarConfig(AppConfig):
    name = "corneille.doors.web.calendar"
    label = "web_calendar"
