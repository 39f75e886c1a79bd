from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "corneille.kernel"
    label = "kernel"
