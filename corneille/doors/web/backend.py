"""Gives back the account of a web session. It lets nobody in: `access.sign_in` alone does that."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest


class Sessions(ModelBackend):
    """Finds the account that a session names; an account that is no longer active is nobody."""

    def authenticate(self, request: HttpRequest | None, *args: Any, **named: Any) -> AbstractBaseUser | None:  # type: ignore[override]
        return None
