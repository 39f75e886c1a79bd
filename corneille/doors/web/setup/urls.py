"""Where mail programs look, and what the portal gives to them."""

from django.urls import path

from corneille.doors.web.setup.discover import microsoft, microsoft_way, mozilla
from corneille.doors.web.setup.profile import profile

app_name = "setup"

urlpatterns = [
    path(".well-known/autoconfig/mail/config-v1.1.xml", mozilla, name="mozilla"),
    path("mail/config-v1.1.xml", mozilla, name="mozilla_of_domain"),
    path("autodiscover/autodiscover.xml", microsoft, name="microsoft"),
    path("autodiscover/autodiscover.json", microsoft_way, name="microsoft_way"),
    path("autodiscover/autodiscover.json/v1.0/<str:address>", microsoft_way, name="microsoft_way_of"),
    path("configurer/profil.mobileconfig", profile, name="profile"),
]
