"""Requests for everybody, the desk for who answers them. Addresses are French, as the people are."""

from django.urls import path

from corneille.doors.web.support import account, ask, code, dealt, desk, mine, own, unproved

app_name = "support"

urlpatterns = [
    path("demandes", mine.mine, name="mine"),
    path("demandes/nouvelle", ask.ask, name="ask"),
    path("demandes/sans-connexion", unproved.unproved, name="unproved"),
    path("demandes/code", code.code, name="code"),
    path("demandes/<int:request_id>", own.own, name="own"),
    path("assistance", desk.desk, name="desk"),
    path("assistance/demande/<int:request_id>", dealt.dealt, name="dealt"),
    path("assistance/compte", account.find, name="find"),
    path("assistance/compte/<int:account_id>", account.sheet, name="sheet"),
    path("assistance/compte/<int:account_id>/code", account.check, name="check_caller"),
    path("assistance/compte/<int:account_id>/envoyer", account.send, name="send_caller_code"),
]
