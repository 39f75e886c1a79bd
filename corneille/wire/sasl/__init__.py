"""SASL mechanisms, the server's side, as values: PLAIN (RFC 4616) and LOGIN. Nothing here shows a secret."""
