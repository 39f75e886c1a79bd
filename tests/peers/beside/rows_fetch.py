"""FETCH: where our answer differs from Dovecot's, and why ours stays as it is."""

from tests.peers.beside.difference import Row

ROWS = [
    # What any message shows
    Row(
        r"BODY\[[\d.]+(\.(HEADER|TEXT|MIME))?\](<\d+>)?|BINARY\[[\d.]+\]", "*", "RFC 9051 §6.4.5.1, §9 (nstring)",
        "There is no such part, or HEADER and TEXT are asked of a part that holds no message: ours says NIL, Dovecot an "
        "empty string. An empty part exists; NIL tells the two apart.",
        lambda ours, theirs: ours is None and theirs == b"",
    ),
    Row(
        r"composite BINARY(\.SIZE)?\[.*", "*", "RFC 3516 §4.2, RFC 2045 §6.4",
        "BINARY undoes the encoding of the section asked for, and a multipart or a message may only be 7bit, 8bit or "
        "binary: ours gives it as it is, Dovecot writes the message anew with every part inside decoded.",
    ),
    Row(
        "PREVIEW", "*", "RFC 8970 §3.1",
        "How the text is made is the server's. Ours ends a cut one with an ellipsis, passes over attachments, and tries "
        "Windows-1252 where the charset that is named is not true.",
    ),
    Row(
        r"BODY\[[\d.]+\.(MIME|HEADER)\]", "*", "RFC 2046 §5.1.1",
        "A header that is cut by the boundary keeps its last line end, and the empty line after it is its own where "
        "there is one; Dovecot counts that line end to the boundary.",
        lambda ours, theirs: ours == (theirs or b"") + b"\r\n",
    ),
    # Line ends
    Row(
        ".*", "only-a-bare-return bare-returns doubled-returns", "RFC 9051 §4.3, RFC 5322 §2.3",
        "A CR that ends no line is an octet like others: ours gives back what came; Dovecot drops it before a line end "
        "and at the end of the message.",
    ),
    Row(
        "ENVELOPE", "lone-return-in-subject folded-with-blank-line-of-spaces", "RFC 5322 §2.2.3",
        "Unfolding takes away the CR LF and nothing else; Dovecot makes one space of all white space there.",
    ),
    Row(
        r"BODY\[HEADER\.FIELDS \(.*", "header-only header-only-without-line-end only-nul only-a-space utf16-whole binary-rubbish",
        "RFC 9051 §6.4.5.1", "A message without an empty line has none in its header fields either; Dovecot adds one.",
        lambda ours, theirs: theirs == ours + b"\r\n",
    ),
    # Addresses
    Row(
        "ENVELOPE", "no-address-at-all", "RFC 5322 §4.4", "Empty elements of a list are nobody; Dovecot shows four people without a name.",
    ),
    Row(
        "ENVELOPE",
        "header-injection-in-name angle-never-closed quote-never-closed comment-never-closed two-at-signs "
        "semicolons-between-addresses", "RFC 7103 §8.1",
        "No address list of RFC 5322: ours keeps what can be read of each entry, Dovecot stops at the first mistake and "
        "writes MISSING_MAILBOX or SYNTAX_ERROR.",
    ),
    # Content fields
    Row(
        "BODY|BODYSTRUCTURE", "empty-fields content-type-rubbish content-type-without-subtype content-type-html-only",
        "RFC 2045 §5.2", "A Content-Type that cannot be read is text/plain; Dovecot shows an empty type or subtype.",
    ),
    Row(
        "BODY|BODYSTRUCTURE|BODY\\[1.*|BINARY.*", "multipart-without-boundary multipart-with-empty-boundary", "RFC 2046 §5.1.1",
        "Boundary is compulsory and has one character at least: without it nothing divides the body, and ours shows it "
        "as text; Dovecot shows a multipart with one part, empty or short of what is there.",
    ),
    Row(
        "BODY|BODYSTRUCTURE", "charset-with-a-path filename-with-crlf-and-nul", "RFC 7103 §9",
        "A value that should have been quoted: ours reads to the semicolon, Dovecot to the first character that no token has.",
    ),
    Row(
        "BODYSTRUCTURE", "filename-with-windows-path", "RFC 7103 §9",
        "Backslashes of a path that nobody escaped: ours keeps them, Dovecot loses the folders' limits.",
    ),
    Row(
        "BODY|BODYSTRUCTURE", "thousands-of-parameters", "RFC 2231 §3",
        "Pieces p0*0, p0*9 … : ours joins the pieces that follow on one another and drops what comes after a gap; "
        "Dovecot shows the first hundred as they are.",
    ),
    Row(
        "BODY|BODYSTRUCTURE", "encoding-without-mime-version", "RFC 2045 §4",
        "Without MIME-Version a reader may believe the MIME fields or not; ours believes all of them, Dovecot all but the encoding.",
    ),
    Row(
        "BODYSTRUCTURE", "disposition-rubbish", "RFC 2183 §2",
        "A disposition without a type is none: NIL; Dovecot shows one with an empty name.",
    ),
    Row(
        r"BINARY(\.SIZE)?\[1\]", "encoding-empty encoding-twice-said base64-broken base64-that-is-none quoted-printable-broken uuencode-broken",
        "RFC 9051 §6.4.5, RFC 7103 §9.2",
        "Ours decodes what can be decoded, reads uuencode, and takes an encoding that is no word for 7bit; Dovecot refuses with "
        "PARSE or UNKNOWN-CTE.",
    ),
    Row(
        ".*", "base64-one-character", "RFC 3516 §4.2",
        "Asked for BINARY of one lone base64 character, Dovecot 2.3.19 closes the connection.",
    ),
    # Boundaries
    Row(
        r"BODY\[1\](<3>)?|BINARY.*", "inner-boundary-is-the-outer inner-boundary-begins-with-the-outer nested-250-deep",
        "RFC 2046 §5.1.1",
        "The line end before a boundary belongs to the boundary, also after the last line of an inner multipart; Dovecot gives it to the part.",
    ),
]  # fmt: skip

PUBLIC_ROWS = [
    Row(
        "ENVELOPE",
        "missing_body.eml weird_to_header.eml mix_caps_content_type.eml raw_email_multiple_from.eml "
        "raw_email_with_at_display_name.eml example11.eml", "RFC 7103 §8.1, RFC 5322 §4.4",
        "Broken address lists, and empty elements of one: ours keeps what can be read of each entry.",
    ),
    Row(
        "ENVELOPE", "bad_date_header.eml bad_subject.eml example14.eml", "RFC 5322 §2.2.3",
        "Unfolding takes away the CR LF and nothing else; white space around a value is no part of it.",
    ),
    Row(
        "BODY|BODYSTRUCTURE", "attachment_with_unquoted_name.eml", "RFC 7103 §9",
        "A file name with spaces that nobody quoted: ours reads to the semicolon, Dovecot to the first space.",
    ),
    Row(
        "BODYSTRUCTURE", "missing_content_disposition.eml multiple_invalid_content_dispositions.eml", "RFC 2183 §2",
        "A disposition without a type is none.",
    ),
    Row(
        "BODY|BODYSTRUCTURE|BODY\\[3.MIME\\]|BINARY.SIZE\\[[23]\\]",
        "raw_email_with_binary_encoded.eml raw_email_with_illegal_boundary.eml raw_email_bad_time.eml", "RFC 7103 §9",
        "An equals sign in a boundary that nobody quoted: ours reads all of it, Dovecot stops there and sees one part more.",
    ),
    Row(
        "BODY|BODYSTRUCTURE|BINARY.*",
        "content_transfer_encoding_empty.eml content_transfer_encoding_qp_with_space.eml content_transfer_encoding_text-html.eml "
        "content_transfer_encoding_with_semi_colon.eml content_transfer_encoding_x_uuencode.eml", "RFC 7103 §9.2",
        "Misspelt encodings: ours reads “quoted printable”, a word with a semicolon, and uuencode; what is no word is 7bit.",
    ),
    Row(
        r"BINARY\.SIZE\[1\]", "empty_group_lists.eml", "RFC 9051 §7.5.2",
        "Dovecot gives the size of an answer that it does not send: BINARY[1] itself is the same in both.",
    ),
]  # fmt: skip
"""For messages that are not always there."""
