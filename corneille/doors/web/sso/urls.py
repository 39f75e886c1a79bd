"""Single sign-on for other services (OpenID Connect); `.well-known` is at the root of the site."""

from django.urls import path

from corneille.doors.web.sso import authorise, discovery, endpoints, leave

app_name = "sso"

urlpatterns = [
    path(".well-known/openid-configuration", discovery.discovery, name="discovery"),
    path("oidc/authorize", authorise.authorise, name="authorise"),
    path("oidc/allow", authorise.allow, name="allow"),
    path("oidc/token", endpoints.token, name="token"),
    path("oidc/userinfo", endpoints.userinfo, name="userinfo"),
    path("oidc/keys", discovery.keys, name="keys"),
    path("oidc/logout", leave.leave, name="leave"),
]
