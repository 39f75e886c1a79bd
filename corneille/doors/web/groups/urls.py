"""Lists: one's own, the page of each, and for who keeps one what changes it. Addresses are French, as the people are."""

from django.urls import path

from corneille.doors.web.groups import act, group, import_people, make, mine

app_name = "groups"

urlpatterns = [
    path("", mine.mine, name="mine"),
    path("/nouvelle", make.make, name="make"),
    path("/<int:group_id>", group.group, name="group"),
    path("/<int:group_id>/modifier", make.change, name="change"),
    path("/<int:group_id>/terminer", act.end, name="end"),
    path("/<int:group_id>/ajouter", act.add, name="add"),
    path("/<int:group_id>/importer", import_people.import_people, name="import_people"),
    path("/<int:group_id>/retirer", act.take_out, name="take_out"),
]
