"""IMAP's grammar (RFC 9051, RFC 3501 and extensions): octets to commands, values to replies. No I/O, no clock.

`splitter` frames lines and literals before anything is parsed; `parse` turns one frame into one command;
`commands/<word>` holds a command's value and its parser; the other modules format what a reply is made of.
"""
