from django.apps import AppConfig


class CalendarConfig(AppConfig):
    name = "corneille.calendar"
    label = "calendar"

    def ready(self) -> None:
        """Listens to what ends an account's ways in."""
        from corneille.access.cut_off import was_shut_out
        from corneille.calendar.feed import revoke_feeds_of

        was_shut_out.connect(revoke_feeds_of)
