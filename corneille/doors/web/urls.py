"""Every address of the web door, by place."""

from importlib.util import find_spec

from django.urls import include, path

from corneille.doors.web import errors

urlpatterns = [
    path("depannage", include("corneille.doors.web.help.urls")),
    path("aide", include("corneille.doors.web.help.faq_urls")),
    path("api/", include("corneille.doors.web.gateway.urls")),
    path("listes", include("corneille.doors.web.groups.urls")),
    path("", include("corneille.doors.web.documents.urls")),
    path("classes", include("corneille.doors.web.classes.urls")),
    path("agenda/", include("corneille.doors.web.calendar.urls")),
    path("", include("corneille.doors.web.portal.urls")),
    path("", include("corneille.doors.web.sso.urls")),
    path("", include("corneille.doors.web.security.urls")),
    path("", include("corneille.doors.web.support.urls")),
    path("", include("corneille.doors.web.privacy.urls")),
    path("", include("corneille.doors.web.setup.urls")),
]
if find_spec("corneille.doors.web.mail.urls") is not None:
    urlpatterns.append(path("courrier/", include("corneille.doors.web.mail.urls")))

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
