"""Addresses of the portal. They are French, as the people are, and stay the same in every language."""

from django.urls import path

from corneille.doors.web.portal import (
    activity,
    choices,
    contacts,
    forgotten,
    home,
    information,
    notice,
    password,
    programs,
    register,
    review,
    sign_in,
    sign_out,
)

app_name = "portal"

urlpatterns = [
    path("", home.home, name="home"),
    path("connexion", sign_in.sign_in, name="sign_in"),
    path("deconnexion", sign_out.sign_out, name="sign_out"),
    path("mes-connexions", activity.activity, name="activity"),
    path("mes-connexions/fermer", activity.end, name="end_session"),
    path("mes-connexions/fermer-les-autres", activity.end_others, name="end_other_sessions"),
    path("mes-connexions/oublier", activity.forget, name="forget_device"),
    path("mes-connexions/journal", register.register, name="register"),
    path("mes-connexions/export.<str:form>", register.export, name="export_access"),
    path("configurer", programs.programs, name="programs"),
    path("configurer/revoquer", programs.revoke, name="revoke_app_password"),
    path("mot-de-passe", password.password, name="password"),
    path("mot-de-passe/force", password.judge, name="judge_password"),
    path("mot-de-passe/revue", review.review, name="review"),
    path("mot-de-passe-oublie", forgotten.ask, name="forgotten"),
    path("mot-de-passe-oublie/code", forgotten.prove, name="forgotten_code"),
    path("mot-de-passe-oublie/nouveau", forgotten.choose, name="forgotten_new"),
    path("coordonnees-de-secours", contacts.contacts, name="contacts"),
    path("coordonnees-de-secours/code", contacts.verify, name="verify_contact"),
    path("coordonnees-de-secours/renvoyer", contacts.send_again, name="send_contact_code"),
    path("coordonnees-de-secours/retirer", contacts.drop, name="drop_contact"),
    path("avis/lu", notice.seen, name="notice_seen"),
    path(".well-known/change-password", password.well_known),
    path("langue", choices.language, name="set_language"),
    path("affichage", choices.display, name="display"),
    path("accessibilite", information.accessibility, name="accessibility"),
    path("etat-du-service", information.state, name="state"),
    path("aide", information.help_page, name="help"),
    path("robots.txt", information.robots),
    path("favicon.ico", information.favicon),
]
