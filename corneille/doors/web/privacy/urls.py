"""The data protection officer's pages. Addresses are French, as the people are."""

from django.urls import path

from corneille.doors.web.privacy import office

app_name = "privacy"

urlpatterns = [
    path("confidentialite", office.office, name="office"),
    path("confidentialite/registre.csv", office.register, name="register"),
]
