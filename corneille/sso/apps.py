from django.apps import AppConfig


class SsoConfig(AppConfig):
    name = "corneille.sso"
    label = "sso"
