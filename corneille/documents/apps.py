from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "corneille.documents"
    label = "documents"
