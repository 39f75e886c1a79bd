"""SMTP's and LMTP's grammar: bytes <-> values, for the server and for the client.

line        splits what arrives into command lines, strict about line ends, bounded
command     one command line -> one value of a closed union, or what is wrong with it
path        reverse-path, forward-path, mailbox (RFC 5321 §4.1.2, RFC 6531 §3.3)
parameter   the parameters of MAIL and RCPT
reply       a reply -> bytes, and bytes -> a reply (RFC 5321 §4.2)
data        the content after DATA: dot-stuffing both ways, strict about line ends, bounded
"""
