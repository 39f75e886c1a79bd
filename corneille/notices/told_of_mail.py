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
        _("“%(subject)s” has reached the security officers. You will be told what it was.\n\n"
          "If you clicked or typed your password there, change it now: nobody will blame you."),
        "/signalements",
        is_for_home_alone=True,
    ),
    "report-was-phishing": Told(
        _("You were right: it was phishing"),
        _("“%(subject)s”, which you reported, was made to deceive.%(junk)s Thank you: your report protects everybody."
          "\n\n%(advice)s"),
        "/signalements",
        is_for_home_alone=True,
    ),
    "report-was-unwanted": Told(
        _("Your report: unwanted, but not dangerous"),
        _("“%(subject)s”, which you reported, is advertising or the like: a nuisance, not a trap.%(junk)s"),
        "/signalements",
        is_for_home_alone=True,
    ),
    "report-was-harmless": Told(
        _("Your report: the message was harmless"),
        _("“%(subject)s”, which you reported, was honest. If it lies in Junk, you can put it back from there. "
          "You were right to ask."),
        "/signalements",
        is_for_home_alone=True,
    ),
    "report-beyond": Told(
        _("What you forward to be judged is not read any more today"),
        _("You have reported more than %(count)s messages in 24 hours. What you forwarded beyond is not reported, and will "
          "not be answered. You still have these messages: forward them again tomorrow, or ask for help, if one of them "
          "worries you. The security officers know that there were so many."),
        "/signalements",
        is_for_home_alone=True,
    ),
    "reports-beyond": Told(
        _("%(name)s has reported more than %(count)s messages in 24 hours"),
        _("What they report beyond is not read, and they are told so. Ask them what is going on: a large campaign, or an "
          "account that somebody else uses. [protection] reports_per_day_count is the limit."),
        "/securite",
        is_for_home_alone=True,
    ),
    "reports-wait": Told(
        _("Reports of phishing have waited for a verdict since %(at)s"),
        _("Incidents that have waited for more than a week: %(count)s. Until they are judged, who reported them has no "
          "answer, and what was reported is kept. You are reminded every week."),
        "/securite",
        is_for_home_alone=True,
    ),
    "incident-opened": Told(
        _("A message is reported as phishing: “%(subject)s”"),
        _("The page below says who received it and what is being done."),
        "/securite/incident/%(incident)s",
        is_for_home_alone=True,
    ),
    "incident-again": Told(
        _("New in the incident “%(subject)s”: it is to be judged again"),
        _("Something was reported that its verdict has not seen: other words, another sender or another link. Until "
          "somebody judges it, who reported it waits for an answer, and the incident cannot be ended."),
        "/securite/incident/%(incident)s",
        is_for_home_alone=True,
    ),
    "incident-at-yours": Told(
        _("Phishing has reached your establishment: “%(subject)s”"),
        _("The security officers have judged that this message was made to deceive. The page below says who received it at "
          "your establishment, what was done and what to say to them. You are told when it is over."),
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
