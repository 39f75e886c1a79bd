"""SASL mechanisms, the server's side, as values: PLAIN (RFC 4616), LOGIN, OAUTHBEARER (RFC 7628), XOAUTH2.

Nothing here shows a secret.
"""
