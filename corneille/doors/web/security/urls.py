"""Reports of phishing for everybody, incidents for who looks after them. Addresses are French, as the people are."""

from django.urls import path

from corneille.doors.web.security import act, incident, mine, queue, removal, report

app_name = "security"

urlpatterns = [
    path("signalements", mine.mine, name="mine"),
    path("signaler/<int:message_id>", report.report, name="report"),
    path("signaler/dossier/<int:mailbox_id>", report.report_chosen, name="report_chosen"),
    path("securite", queue.queue, name="queue"),
    path("securite/incident/<int:incident_id>", incident.incident, name="incident"),
    path("securite/incident/<int:incident_id>/verdict", act.judge, name="judge"),
    path("securite/incident/<int:incident_id>/consigne", act.advise, name="advise"),
    path("securite/incident/<int:incident_id>/clore", act.close, name="close"),
    path("securite/incident/<int:incident_id>/fermer", act.cut_off, name="cut_off"),
    path("securite/incident/<int:incident_id>/retrait", removal.remove, name="remove"),
    path("securite/incident/<int:incident_id>/remettre", removal.put_back, name="put_back"),
]
