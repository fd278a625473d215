"""Give somebody's words back to them: "I carry his toolbox" becomes "you carry his toolbox"."""

from __future__ import annotations

import re

FEWEST_WORDS, MOST_WORDS = 3, 16

_TURNED = {
    "i": "you",
    "i'm": "you're",
    "i've": "you've",
    "i'd": "you'd",
    "i'll": "you'll",
    "me": "you",
    "my": "your",
    "mine": "yours",
    "myself": "yourself",
    "we": "you",
    "we're": "you're",
    "we've": "you've",
    "us": "you",
    "our": "your",
    "ours": "yours",
}
_VERBS_AFTER_I = {"am": "are", "was": "were"}
_STARTERS = re.compile(
    r"^(?:well|yes|no|yeah|oh|hm|mm|so|and|but|because|honestly|funny thing is|look|anyway)[,.]? ",
    re.I,
)
_NOT_TO_GIVE_BACK = re.compile(
    r"\b(?:you|your|yours|you're|you've|you'd|you'll|thanks?|sorry|please)\b|^(?:let|don't|ask)\b",
    re.I,
)
_SENTENCE = re.compile(r"[^.!?]+[.!?]*")
_WORD = re.compile(r"[\w'-]+|[^\w\s]")


def second_person(clause: str) -> str:
    """Turn a clause said about oneself into one said to that person."""
    turned: list[str] = []
    before = ""
    for token in _WORD.findall(clause):
        low = token.lower()
        if before == "i" and low in _VERBS_AFTER_I:
            turned.append(_VERBS_AFTER_I[low])
        else:
            turned.append(_TURNED.get(low, token))
        before = low
    text = " ".join(turned)
    return re.sub(r"\s+([,.;:!?])", r"\1", text)


def echoes(line: str) -> list[str]:
    """Return what of a line can be given back, in the second person, without its full stop.

    Questions, and sentences that speak to the manager, cannot; nor can very short or long ones.
    """
    found = []
    for sentence in _SENTENCE.findall(line):
        plain = sentence.strip()
        if not plain or plain.endswith("?") or _NOT_TO_GIVE_BACK.search(plain):
            continue
        plain = _STARTERS.sub("", plain).strip().rstrip(".!")
        if FEWEST_WORDS <= len(plain.split()) <= MOST_WORDS:
            turned = second_person(plain)
            found.append(_lowered(turned))
    return found


def _lowered(text: str) -> str:
    first = text.split(" ", 1)[0]
    plain = first.lower() in _OPENERS
    return text[0].lower() + text[1:] if plain else text


_OPENERS = frozenset(
    """
    you you're you've you'd you'll your yours it it's that that's this these those there there's
    he he's she she's they they're the a an one two three four five six nobody somebody everybody
    nothing something some there now then maybe sometimes in on at for with from when if what how
    mostly half all every each price
    """.split()
)
"""Words that lose their capital in mid-sentence; a name keeps it."""
