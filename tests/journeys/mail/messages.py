"""Messages for the journeys, each with something that a reader may stumble over."""

PLAIN = (
    "From: Mairie <mairie@exterieur.example>\r\nTo: vous@exterieur.example\r\nSubject: Travaux devant le collège\r\n"
    "Message-ID: <travaux@exterieur.example>\r\nContent-Type: text/plain; charset=utf-8; format=flowed\r\n\r\n"
    "Bonjour,\r\nla rue sera fermée lundi.\r\n"
).encode()
HTML = (
    b"From: Lettre <lettre@exterieur.example>\r\nSubject: Lettre en couleurs\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: text/html; charset=utf-8\r\n\r\n"
    b"<html><head><style>p{color:#a00}</style><script>document.title='x'</script></head><body onload='alert(1)'>"
    b"<p>Voici la lettre</p><img src='https://exterieur.example/suivi.gif' width=1 height=1>"
    b"<div class=gmail_quote>Ancien message</div></body></html>\r\n"
)
STRANGE = (
    b"From: =?koi8-r?B?5dfHxc7JyiDv?= <onegin@exterieur.example>\r\n"
    b"Subject: =?windows-1252?Q?Budget_pr=E9visionnel_=80?=\r\n"
    b"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=koi8-r\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    + "Привет".encode("koi8-r")
    + b"\r\n"
)
NESTED = (
    b"From: Secretariat <secretariat@exterieur.example>\r\nSubject: Deux pieces\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: multipart/mixed; boundary=limite\r\n\r\n--limite\r\n\r\nVoir ci-joint.\r\n--limite\r\n"
    b"Content-Type: text/csv; name=notes.csv\r\nContent-Disposition: attachment; filename=notes.csv\r\n\r\nnom;note\r\n"
    b"--limite\r\nContent-Type: message/rfc822\r\n\r\n" + PLAIN + b"\r\n--limite--\r\n"
)
