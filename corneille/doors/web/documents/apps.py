from django.apps import AppConfig


class WebDocumentsConfig(AppConfig):
    name = "corneille.doors.web.documents"
    label = "web_documents"
