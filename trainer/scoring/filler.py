"""Take neutral filler off the ends of a turn, so that it cannot move the turn's scores."""

from __future__ import annotations

import re
from typing import NamedTuple

from trainer.scoring.words import FILLERS

_WORDS = FILLERS | frozenset("okay ok right yeah yes yep sure alright so well cool great".split())
_BARE_HEAD = FILLERS | frozenset("okay ok alright".split())
"""Without marks the others may belong to what follows ("right so what …", "great to hear")."""
_ANY_MARK = re.compile(r"[.,;:!?…]")
_END_OF_SENTENCE = re.compile(r"[.!…]+$")
_LETTERS = re.compile(r"[^a-z]+")


class Peeled(NamedTuple):
    """A turn in three parts; joined with spaces they are its words."""

    before: str
    core: str
    after: str


def without_filler(text: str) -> Peeled:
    """Part a turn into the filler it begins with, what it says, and the filler it ends with.

    In text with marks only whole sentences of filler are taken off ("Mm, okay."), so that a tag
    ("You called, right?") and a lead-in ("Right, so …") stay where they belong; in text without
    marks only words that are nothing but filler. A turn of filler alone is left whole.
    """
    words = text.split()
    marked = bool(_ANY_MARK.search(text))
    head = _sentences_of_filler(words) if marked else _run_of(_BARE_HEAD, words)
    tail = 0
    if marked and words and _END_OF_SENTENCE.search(words[-1]):
        tail = _last_sentences_of_filler(words, head)
    elif not marked:
        tail = _run_of(FILLERS, words[:head:-1])
    if head + tail >= len(words):
        return Peeled("", text, "")
    end = len(words) - tail
    return Peeled(*(" ".join(part) for part in (words[:head], words[head:end], words[end:])))


def _plain(word: str) -> str:
    return _LETTERS.sub("", word.lower())


def _sentences_of_filler(words: list[str]) -> int:
    """Count the words of the whole sentences of filler at the start."""
    taken = 0
    for at, word in enumerate(words):
        if _plain(word) not in _WORDS:
            break
        if _END_OF_SENTENCE.search(word):
            taken = at + 1
    return taken


def _last_sentences_of_filler(words: list[str], head: int) -> int:
    taken = 0
    for at in range(len(words) - 1, head, -1):
        if _plain(words[at]) not in _WORDS or words[at].endswith("?"):
            break
        # A capital begins a sentence too, where the words before it carry no marks.
        if re.search(r"[.!?…]$", words[at - 1]) or words[at][:1].isupper():
            taken = len(words) - at
    return taken


def _run_of(filler: frozenset[str], words: list[str]) -> int:
    return next((at for at, word in enumerate(words) if _plain(word) not in filler), len(words))
