"""WebDAV's and CalDAV's XML and headers (RFC 4918, 4791, 6578, 3744): bytes to values and back. Pure."""
