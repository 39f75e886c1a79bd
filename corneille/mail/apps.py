from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "corneille.mail"
    label = "mail"
