"""Addresses for programs of other services."""

from django.urls import path

from corneille.doors.web.gateway.openapi import openapi
from corneille.doors.web.gateway.post import post

app_name = "gateway"

urlpatterns = [
    path("v1/notices", post, name="post_notice"),
    path("openapi.json", openapi, name="openapi"),
]
