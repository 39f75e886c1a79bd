"""Addresses of the agenda. They are French, as the people are, and stay the same in every language."""

from django.urls import path

from corneille.doors.web.calendar import agenda, calendars, event, events, sharing

app_name = "calendar"

urlpatterns = [
    path("", agenda.agenda, name="agenda"),
    path("choisir", agenda.choose, name="choose"),
    path("evenement", event.event, name="event"),
    path("evenement/nouveau", event.new, name="new"),
    path("evenement/supprimer", event.drop, name="drop_event"),
    path("evenements", events.events, name="events"),
    path("evenements/deplacer", events.move, name="move"),
    path("agendas", calendars.calendars, name="calendars"),
    path("agendas/creer", calendars.make, name="make"),
    path("agendas/renommer", calendars.rename, name="rename"),
    path("agendas/retirer", calendars.drop, name="drop"),
    path("agendas/vacances", calendars.take_holidays, name="take_holidays"),
    path("agendas/adresse/ranger", calendars.put_away, name="put_away_feed"),
    path("agendas/<int:calendar_id>", sharing.sharing, name="sharing"),
    path("agendas/<int:calendar_id>/reprendre", sharing.take_back, name="take_back"),
    path("agendas/<int:calendar_id>/confier", sharing.give, name="give"),
    path("agendas/<int:calendar_id>/adresse", sharing.feed, name="make_feed"),
    path("agendas/<int:calendar_id>/adresse/revoquer", sharing.revoke, name="revoke_feed"),
    path("flux/<str:secret>.ics", sharing.read, name="read_feed"),
]
