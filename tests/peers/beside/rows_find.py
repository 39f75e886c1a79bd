"""SEARCH, SORT and THREAD: where ours differs from Dovecot's, and why ours stays as it is."""

from tests.peers.beside.difference import Row

ROWS = [
    Row(
        "SEARCH.* (NOT )?SENT.*", "date-at-the-end-of-time", "RFC 5322 §3.3",
        "A date that is in no calendar (the year 10000 in UTC) is none.",
    ),
    Row(
        "SEARCH.* SENTBEFORE .*", "*", "RFC 9051 §6.4.4",
        "A message without a Date that can be read was sent before no day; Dovecot takes it for 1 January 1970.",
        lambda ours, theirs: theirs and not ours,
    ),
    Row(
        'SEARCH.* (FROM elodie|TEXT "é"|SUBJECT "été")', "*", "RFC 9051 §6.4.4",
        "How letters compare is the server's: ours finds é when e is asked and e when é is, as people type.",
        lambda ours, theirs: ours and not theirs,
    ),
    Row(
        'SEARCH.* "(réunion|RÉUNION)"', "raw-latin1-header encoded-word-cut-inside-a-character", "RFC 7103 §8",
        "Ours reads Windows-1252 where nothing else is said, and joins a character that two encoded words share.",
    ),
    Row(
        'SEARCH.* FROM "a@b"', "comments-nested-10000-deep", "RFC 5322 §3.2.2",
        "Dovecot gives the field up; ours looks into what stands there.",
    ),
    Row(
        'SEARCH.* BODY "notes.txt"', "*", "RFC 9051 §6.4.4",
        "Matching in BODY is flexible: ours also finds the names of attached files there, which people look for.",
        lambda ours, theirs: ours and not theirs,
    ),
    Row(
        "SEARCH.* BODY .*", "empty-fields content-type-rubbish content-type-without-subtype encoding-unknown encoding-empty encoding-twice-said",
        "RFC 2045 §5.2, RFC 7103 §9.2",
        "A type or an encoding that cannot be read: ours looks into the text as it stands, Dovecot passes over it.",
    ),
    Row(
        "(SEARCH|SORT).*", "bare-returns doubled-returns only-a-bare-return all-high-octets", "RFC 9051 §4.3",
        "Sizes and the end of the header differ because ours keeps each CR.",
    ),
    Row(
        "SORT.* \\((REVERSE )?(CC|FROM|TO|DISPLAYFROM|DISPLAYTO).*",
        "no-address-at-all header-injection-in-name comment-never-closed quote-never-closed two-at-signs angle-never-closed",
        "RFC 5256 §3", "The order is that of the addresses that ENVELOPE shows, which differ in these broken fields.",
    ),
    Row(
        "SORT.*DATE.*", "date-at-the-end-of-time", "RFC 5256 §2.2",
        "A date that cannot be read gives way to INTERNALDATE; Dovecot puts the year 10000 last.",
    ),
    Row(
        "(SORT.*SUBJECT|THREAD).*", "message-inside messages-nested-250-deep", "RFC 5256 §2.1",
        "Departure: “Tr:” counts as “Fwd:” does, since French programs write it.",
    ),
    Row(
        "(SORT.*SUBJECT|THREAD).*",
        "encoded-word-unknown-charset encoded-word-cut-inside-a-character encoded-word-with-language raw-latin1-header "
        "raw-mixed-charsets-in-one-header encoded-word-bad-base64 encoded-word-never-closed encoded-word-utf7 "
        "controls-in-subject markup-in-every-field thousands-of-encoded-word-starts", "RFC 5256 §2.1 step 1, RFC 2231 §5",
        "The subject is ordered as people see it, decoded as far as it can be; a subject that cannot be decoded is ordered as it is written.",
    ),
    Row(
        "SORT.*SUBJECT.*", "everything-twice", "RFC 5322 §3.6",
        "A field twice is one too many: ours orders by the one that ENVELOPE shows, Dovecot by the other.",
    ),
]  # fmt: skip

PUBLIC_ROWS = [
    Row(
        ".*(DATE|SENT).*", "example04.eml example10.eml raw_email_bad_time.eml", "RFC 9051 §6.4.4, RFC 5256 §2.2",
        "Dates before 1970 and after 2106: Dovecot keeps them in 32 bits without sign, so that 1969 comes last and 3609 first.",
    ),
    Row(
        "THREAD ORDEREDSUBJECT.*", "*", "RFC 5256 §3", "The oldest begins a thread, and which is the oldest hangs on these dates.",
    ),
    Row(
        "(SORT.*(FROM|TO)|SEARCH.*FROM|SEARCH.*TO).*", "mix_caps_content_type.eml weird_to_header.eml", "RFC 5256 §3",
        "As ENVELOPE differs for these broken addresses.",
    ),
    Row(
        "(SORT.*SUBJECT|THREAD).*",
        "raw_email_with_binary_encoded.eml raw_email_with_multipart_mixed_quoted_boundary.eml raw_email_with_illegal_boundary.eml "
        "raw_email_with_quoted_illegal_boundary.eml raw_email_simple.eml", "RFC 5322 §3.6",
        "A subject twice: ours orders and threads by the one that ENVELOPE shows, Dovecot by the other.",
    ),
]  # fmt: skip
"""For messages that are not always there."""
