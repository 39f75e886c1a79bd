"""CalDAV (RFC 4791) for calendar programs: a thin door before the agendas. Under /dav/, beside the pages.

Departs from RFC 4918: no COPY, MOVE, LOCK (class 2). From RFC 4791: `limit-recurrence-set` and partial data are answered
whole.
"""
