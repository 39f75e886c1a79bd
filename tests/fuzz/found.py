"""What the fuzzer found, each with the input that showed it; `test_fuzz` gives them to their targets for ever."""

from tests.fuzz.seeds import ICAL

_WEEKLY = ICAL[0]

FOUND: tuple[tuple[str, bytes], ...] = (
    ("address", b"a@\xed\xa0\x80b"),  # half a character: UnicodeEncodeError
    # Kept, and then no week of the agenda could be shown any more:
    ("ical", _WEEKLY.replace(b"UID:u@ac.example\r\n", b"UID:u\r\nUID:v\r\n")),
    ("ical", _WEEKLY.replace(b"RRULE:", b"RRULE:FREQ=DAILY;COUNT=2\r\nRRULE:")),
    ("ical", ICAL[3].replace(b"New_York", b"New_" + b"Yow_" * 99)),
    ("ical", _WEEKLY.replace(b"FREQ=WEEKLY", b"FREQ=WEEKLY;BY\xf0\x9f\x8e\x92DAY=TU")),
    # The service that posted it had our own fault for an answer:
    ("posting", b'{"key":"k","person":"p","title":{"fr":"a","en":"b"},"text":{"fr":"a","en":"b"},"url":{"a":1}}'),
    ("dav", b"//["),  # half an IPv6 address: ValueError
    # A note that was altered ended verify and rebuild:
    ("record", b'{"places":[[7,"INBOX","",51e999]],"saved":123,"id":"ab"}'),
    ("record", b'{"dropped":[[1,64],[2,1e999]]}'),
    ("record", b'{"places":' + b"[" * 100_000),
)
