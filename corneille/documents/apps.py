from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "corneille.documents"
    label = "documents"

    def ready(self) -> None:
        """Listens to what ends an account's ways in."""
        from corneille.access.cut_off import was_shut_out
        from corneille.documents.share import end_suspected

        was_shut_out.connect(end_suspected)
