from django.apps import AppConfig


class WebGroupsConfig(AppConfig):
    name = "corneille.doors.web.groups"
    label = "web_groups"
