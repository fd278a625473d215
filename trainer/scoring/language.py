"""Whether a turn is in English, the one language the scorers know."""

from __future__ import annotations

import re
import unicodedata

from trainer.scoring.own_words import EMPTY_WORDS

FEWEST_WORDS = 3  # under this, names and borrowed words decide nothing
LEAST_FOREIGN = 2

# Frequent small words of other languages that are no English words.
_FOREIGN = frozenset(
    """
    der das und nicht ist ich du sie wir ihr mir dir ein eine einen einem mit auf für von zu dem den
    wie warum wenn aber oder auch noch schon kannst hast bist sind haben möchtest würde heute
    que qué el los las una por para con cómo como está pero porque más muy eso esto tu usted qué
    hacer tienes quieres puedes
    le les des est une pas vous je il nous avec pour dans sur mais pourquoi qu'est c'est ce cette
    votre vous avez faire êtes
    che il gli di è non sono perché cosa questo questa della nel anche hai puoi vuoi
    het een niet van ik jij wat dat maar naar ook zijn heb hebben kun waarom voor
    não você uma isso fazer seu sua mas também então pra
    nie się jest co jak ale czy że dlaczego masz możesz
    och inte det jag som är att hur varför på med har
    og ikke jeg hvad hvordan
    """.split()
)


def is_foreign(text: str) -> bool:
    """Say whether a turn is plainly in another language; in doubt it is taken for English."""
    letters = [char for char in text if char.isalpha()]
    if letters and sum(map(_is_latin, letters)) < len(letters) / 2:
        return True
    words = re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", text.replace("’", "'").lower())
    if len(words) < FEWEST_WORDS:
        return False
    foreign = sum(word in _FOREIGN for word in words)
    english = sum(word in EMPTY_WORDS for word in words)
    return foreign >= LEAST_FOREIGN and foreign > english


def _is_latin(char: str) -> bool:
    return "LATIN" in unicodedata.name(char, "")
