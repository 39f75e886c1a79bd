"""Passwords of demonstration people: words that are read out easily, from the seed or at random."""

import random
import secrets

LIST = """
    abricot acajou ardoise avoine balcon bambou banjo barque basalte biscuit bouleau boussole brioche
    brume cabane cactus camion canard carafe cascade cerise chalet chamois cigogne citron clavier
    coquelicot corail corbeille cristal dauphin dentelle diapason dragon encrier escalier falaise
    fanfare farine fenouil flocon flanelle fougere framboise galet gazelle genet girafe glacier grenade
    guitare hamac harpe herisson hibou horloge indigo ivoire jardin jasmin jonquille kayak koala
    lanterne lavande lichen lilas loutre lucarne lunette luth magnolia mandarine marbre mesange
    mirabelle moulin muguet nacelle navire noisette nuage ocarina olive opale oreiller orage otarie
    palmier panier papyrus parapluie pelican peuplier piano pinceau pivoine plumier poivron praline
    quartz quenelle radeau raisin ravine renard rivage roseau ruban sabot safran sapin sarcelle saule
    sentier sirop soleil sorbet tambour tilleul tisane topaze tournesol truffe tulipe turquoise valise
    vanille velours verger violon voilier yaourt zeppelin zinnia
"""
WORDS = tuple(LIST.split())
SEED_WORDS = 4
RANDOM_WORDS = 6
"""Six of 135 words and four digits: 56 bits, for académies that are not on loopback."""


def make_passphrase(seed: int, person: str) -> str:
    """The same for the same seed and person."""
    return _join(random.Random(f"passphrase/{seed}/{person}"), SEED_WORDS, 2)


def draw_passphrase() -> str:
    """A new one each time, from the system's own chance."""
    return _join(secrets.SystemRandom(), RANDOM_WORDS, 4)


def _join(chance: random.Random, word_count: int, digit_count: int) -> str:
    digits = "".join(chance.choice("23456789") for _ in range(digit_count))
    return "-".join([*chance.sample(WORDS, word_count), digits])
