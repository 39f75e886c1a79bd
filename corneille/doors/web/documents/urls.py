"""Documents shared by links: one's own, and the page of a link. Addresses are French, as the people are."""

from django.urls import path

from corneille.doors.web.documents import mine, shared

app_name = "documents"

urlpatterns = [
    path("documents", mine.mine, name="mine"),
    path("documents/terminer", mine.end, name="end"),
    path("partage/<str:secret>", shared.shared, name="shared"),
]
