"""What the demonstration says of its service: an incident that is over, and works to come."""

from datetime import datetime, timedelta

from corneille.desk.disruption import NewDisruption, announce, list_disruptions, say_more

BY = "démonstration"


def make_disruptions(now: datetime) -> None:
    """Once: nothing is added where something is said already."""
    if list_disruptions(now, "fr"):
        return
    begun = now - timedelta(days=6, hours=3)
    number = announce(
        NewDisruption(
            "incident", ("Envoi ralenti vers l’extérieur", "Slow sending to the outside"),
            ("Les messages vers l’extérieur partent avec vingt minutes de retard. Rien n’est perdu.",
             "Messages to the outside leave twenty minutes late. Nothing is lost."),
            {"sending"}, begun,
        ),
        begun, actor=BY,
    )  # fmt: skip
    over = ("Le relais est réparé ; tout ce qui attendait est parti.", "The relay is repaired; all that waited has left.")
    say_more(number, over, begun + timedelta(hours=2), actor=BY, is_over=True)
    evening = (now + timedelta(days=9)).replace(hour=18, minute=0, second=0, microsecond=0)
    announce(
        NewDisruption(
            "works", ("Mise à jour du portail", "Update of the portal"),
            ("Le portail sera fermé une heure. Les logiciels de messagerie continuent.",
             "The portal will be closed for an hour. Mail programs go on working."),
            {"sign-in", "mail"}, evening, evening + timedelta(hours=1),
        ),
        now, actor=BY,
    )  # fmt: skip
