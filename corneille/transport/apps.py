from django.apps import AppConfig


class TransportConfig(AppConfig):
    name = "corneille.transport"
    label = "transport"
