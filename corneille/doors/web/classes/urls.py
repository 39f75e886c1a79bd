"""A teacher's classes, the page of each, the import of a list, one person. Addresses are French, as the people are."""

from django.urls import path

from corneille.doors.web.classes import act, import_list, make, mine, person, school_class

app_name = "classes"

urlpatterns = [
    path("", mine.mine, name="mine"),
    path("/nouvelle", make.make, name="make"),
    path("/<int:class_id>", school_class.school_class, name="school_class"),
    path("/<int:class_id>/modifier", make.rename, name="rename"),
    path("/<int:class_id>/supprimer", act.remove, name="remove"),
    path("/<int:class_id>/importer", import_list.import_list, name="import_list"),
    path("/<int:class_id>/eleve", person.pupil, name="add_pupil"),
    path("/<int:class_id>/eleve/<int:pupil_id>", person.pupil, name="pupil"),
    path("/<int:class_id>/eleve/<int:pupil_id>/responsable", person.guardian, name="add_guardian"),
    path("/<int:class_id>/eleve/<int:pupil_id>/responsable/<int:guardian_id>", person.guardian, name="guardian"),
    path("/<int:class_id>/retirer", act.remove_person, name="remove_person"),
]
