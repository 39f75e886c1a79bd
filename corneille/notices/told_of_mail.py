"""What happens in mail and agendas: room, shares, reports and the campaigns that they uncover."""

from django.utils.translation import gettext_lazy as _

from corneille.notices.told import Told

MAIL: dict[str, Told] = {
    "mail-nearly-full": Told(
        _("Your mailbox is %(percent)s %% full"),
        _("Nothing is refused yet. Once it is full, what people send you waits at their servers and, after some days, goes "
          "back to them. The page below shows what takes the place."),
        "/courrier/espace",
        is_for_home_alone=True,
    ),
    "mail-refused": Told(
        _("Your mailbox is full: a message for you has to wait"),
        _("Its sender’s server tries again for some days; then it goes back to the sender. As soon as there is room, it "
          "arrives. The page below shows what takes the place."),
        "/courrier/espace",
    ),
    "position-nearly-full": Told(
        _("The mailbox of %(label)s is %(percent)s %% full"),
        _("You have this position’s mail. Nothing is refused yet. Once it is full, what people send to it waits at their "
          "servers and, after some days, goes back to them. The page below shows what takes the place."),
        "/courrier/espace?boite=%(position)s",
        is_for_home_alone=True,
    ),
    "position-refused": Told(
        _("The mailbox of %(label)s is full: a message for it has to wait"),
        _("You have this position’s mail. The sender’s server tries again for some days; then the message goes back. As "
          "soon as there is room, it arrives. The page below shows what takes the place."),
        "/courrier/espace?boite=%(position)s",
        is_for_home_alone=True,
    ),
    "calendar-shared": Told(
        _("%(name)s shares a calendar with you"),
        _("“%(label)s” is now among your calendars, in the pages and in your programs."),
        "/agenda/",
        is_for_home_alone=True,
    ),
    "calendar-shared-later": Told(
        _("%(name)s shares a calendar with you from %(at)s"),
        _("“%(label)s” will be among your calendars on that day, in the pages and in your programs."),
        "/agenda/",
        is_for_home_alone=True,
    ),
    "report-thanks": Told(
        _("Thank you for your report"),
        _("“%(subject)s” has reached the security officers, and your copy is in Junk. You will be told what it was.\n\n"
          "If you clicked or typed your password there, change it now: nobody will blame you."),
        "/signalements",
        is_for_home_alone=True,
    ),
    "report-was-phishing": Told(
        _("You were right: it was phishing"),
        _("“%(subject)s”, which you reported, was made to deceive. What still arrives of it goes to Junk. Thank you: your "
          "report protects everybody.\n\n%(advice)s"),
        "/signalements",
        is_for_home_alone=True,
    ),
    "report-was-unwanted": Told(
        _("Your report: unwanted, but not dangerous"),
        _("“%(subject)s”, which you reported, is advertising or the like: a nuisance, not a trap. What still arrives of it "
          "goes to Junk."),
        "/signalements",
        is_for_home_alone=True,
    ),
    "report-was-harmless": Told(
        _("Your report: the message was harmless"),
        _("“%(subject)s”, which you reported, was honest. You find it in Junk and can put it back. "
          "You were right to ask."),
        "/signalements",
        is_for_home_alone=True,
    ),
    "incident-opened": Told(
        _("A message is reported as phishing: “%(subject)s”"),
        _("The page below says who received it and what is being done."),
        "/securite/incident/%(incident)s",
        is_for_home_alone=True,
    ),
    "campaign-removed": Told(
        _("A deceptive message was taken out of your mailbox"),
        _("“%(subject)s”, from %(sender)s: the security officers have taken it out of every mailbox. If you clicked or "
          "typed your password there, change it now.\n\n%(advice)s"),
        "/signalements",
        is_for_home_alone=True,
    ),
    "campaign-restored": Told(
        _("A message is back in your mailbox"),
        _("“%(subject)s”, from %(sender)s, had been taken out as dangerous. It is back where it was, as it was."),
        "/courrier/",
        is_for_home_alone=True,
    ),
    "incident-ended": Told(
        _("The incident about “%(subject)s” is over"),
        _("The security officers have ended it, and everybody whom it touched is told. The page below keeps what was done."),
        "/securite/incident/%(incident)s",
        is_for_home_alone=True,
    ),
    "incident-closed": Told(
        _("The alert about “%(subject)s” is over"),
        _("Nothing more is expected of you.\n\n%(advice)s"),
        "/signalements",
        is_for_home_alone=True,
    ),
}  # fmt: skip
