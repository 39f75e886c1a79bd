"""Documents that go with a letter as links: until a day, with a count of openings, ended at will, purged after their end.

A file stands in `documents/` of the data directory, never in the database; its row says whose it is, until when, and how
often it was taken. Nobody is recorded as having opened it: only how many times, and when last.
"""
