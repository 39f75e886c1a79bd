"""What happens to a request to support, told to who asked and to the desk."""

from django.utils.translation import gettext_lazy as _

from corneille.notices.told import Told

REQUESTS: dict[str, Told] = {
    "caller-code": Told(
        _("Your code for the call with support: %(code)s"),
        _("Read this code to the person of support to whom you are speaking, within ten minutes: %(code)s\n\n"
          "They may then look at the sheet of your account. If you are not on the telephone with them, do nothing: "
          "tell nobody this code."),
        "/demandes",
    ),
    "request-by-itself": Told(
        _("Support was asked to help you: your account was blocked several times"),
        _("Your account was blocked three times within seven days, so request %(request)s was opened for you. You can add "
          "what you saw, or say that it is over."),
        "/demandes/%(request)s",
    ),
    "request-unproved": Told(
        _("Support was asked to help you, by somebody who was not signed in: request %(request)s"),
        _("If it was you, you have nothing more to do: what support writes comes to your verified recovery contacts. "
          "Whoever asked reads nothing of it.\n\n"
          "If it was not you, say so to support, or end the request on its page. Nothing has changed on your account, and "
          "nobody will ask for your password.\n\n%(support)s"),
        "/demandes/%(request)s",
    ),
    "request-written": Told(
        _("Your request %(request)s: what support writes"),
        _("%(name)s writes:\n\n%(written)s\n\n"
          "To answer without signing in, use the page below with your identifier: what you write joins this request. Never "
          "write a password. %(support)s"),
        "/demandes/sans-connexion",
    ),
    "request-for-letter": Told(
        _("A letter to unlock your account was ended, and support looks into it: request %(request)s"),
        _("The link “It was not me” that came into your mailbox ended it. Did you do so? Then somebody has passed for you: "
          "say on the request what you know. If not, somebody else reads your mail: go back to who made the letter and have "
          "another one made. For a week no link in the mailbox ends it."),
        "/demandes/%(request)s",
    ),
    "unlock-letter-disowned": Told(
        _("A letter to unlock the account of %(name)s was ended"),
        _("Whoever reads the mailbox of %(name)s has said that the letter was not made for its owner. Either somebody "
          "has passed for %(name)s, or somebody else reads that mail. Ask %(name)s, face to face. Another letter made "
          "within a week holds. Support looks into it."),
        "/etablissement/deblocage",
        is_for_home_alone=True,
    ),
    "request-for-letter-denied": Told(
        _("A letter to unlock your account was ended, and support looks into it: request %(request)s"),
        _("You said by the link at a recovery contact that it was not you: somebody has passed for you. Say on the request "
          "what you know. If you did go to your establishment for this letter, say so there, and have another one made."),
        "/demandes/%(request)s",
    ),
    "unlock-letter-denied": Told(
        _("The letter to unlock the account of %(name)s was not for them"),
        _("%(name)s has said so, by a recovery contact that was there before: whoever came for the letter has most probably "
          "passed for %(name)s. It is ended. Before another one is made, ask for an identity document. Support looks into "
          "it."),
        "/etablissement/deblocage",
        is_for_home_alone=True,
    ),
    "request-taken": Told(
        _("Your request %(request)s: somebody looks after it"),
        _("%(name)s looks after your request."),
        "/demandes/%(request)s",
        is_for_home_alone=True,
    ),
    "request-answered": Told(
        _("Your request %(request)s: an answer"),
        _("%(name)s has answered you. The answer is on the page of your request."),
        "/demandes/%(request)s",
        is_for_home_alone=True,
    ),
    "request-asked": Told(
        _("Your request %(request)s: a question for you"),
        _("%(name)s needs a word from you to go on. The question is on the page of your request."),
        "/demandes/%(request)s",
        is_for_home_alone=True,
    ),
    "request-solved": Told(
        _("Your request %(request)s is solved"),
        _("If it is not, open it again within seven days. If it is, say in one word how it went."),
        "/demandes/%(request)s",
        is_for_home_alone=True,
    ),
    "request-escalated": Told(
        _("Your request %(request)s has gone to the next level"),
        _("Others, who can do more, look after it now. You have nothing to do and nothing to say again."),
        "/demandes/%(request)s",
        is_for_home_alone=True,
    ),
    "request-closed": Told(
        _("Your request %(request)s is closed"),
        _("A question to you had no answer for thirty days. You can open the request again within seven days."),
        "/demandes/%(request)s",
        is_for_home_alone=True,
    ),
    "request-arrived": Told(
        _("Request %(request)s has arrived at the support desk"),
        _("Nobody looks after it yet."),
        "/assistance/demande/%(request)s",
        is_for_home_alone=True,
    ),
    "request-overdue": Told(
        _("Request %(request)s waits for an answer longer than was promised"),
        _("%(name)s has taken it, and the hour by which an answer was promised has passed. Answer it, ask back or hand it "
          "on. Else it goes to the next level by itself; where there is none, everybody of this level is told."),
        "/assistance/demande/%(request)s",
        is_for_home_alone=True,
    ),
    "request-replied": Told(
        _("Request %(request)s: a reply"),
        _("%(name)s has replied."),
        "/assistance/demande/%(request)s",
        is_for_home_alone=True,
    ),
    "request-added": Told(
        _("Request %(request)s: a word more, from somebody who is not signed in"),
        _("Nobody has proved that it comes from the person. What you answer goes to the contacts that they verified."),
        "/assistance/demande/%(request)s",
        is_for_home_alone=True,
    ),
    "request-withdrawn": Told(
        _("Request %(request)s is no longer needed"),
        _("%(name)s has ended it: nothing more is to be done."),
        "/assistance/demande/%(request)s",
        is_for_home_alone=True,
    ),
    "request-rated": Told(
        _("Request %(request)s: how it went"),
        _("%(name)s has said how it went. The request is closed."),
        "/assistance/demande/%(request)s",
        is_for_home_alone=True,
    ),
    "request-reopened": Told(
        _("Request %(request)s is open again"),
        _("%(name)s says what is still wrong."),
        "/assistance/demande/%(request)s",
        is_for_home_alone=True,
    ),
}  # fmt: skip
