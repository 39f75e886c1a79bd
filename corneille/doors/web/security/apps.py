from django.apps import AppConfig


class WebSecurityConfig(AppConfig):
    name = "corneille.doors.web.security"
    label = "web_security"
