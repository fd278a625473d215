"""Whether the words so far are a finished sentence: half of what decides the end of a turn.

Works on the words, not on punctuation: a recogniser that hears "So, um, what" and then silence
writes "So, what?". Of the signs it writes only those that leave a sentence open count, and a
question mark as a hint. English; in any other language words say nothing about the end.
"""

from __future__ import annotations

import itertools
import re
from enum import StrEnum

from trainer.audio.open_ends import (
    AUXILIARIES,
    BE,
    DETERMINERS,
    DUMMY,
    FILLERS,
    FINDING_OUT,
    INVITING,
    JOINING,
    LINKED_BEFORE_LIKE,
    LINKED_BEFORE_OF,
    LINKED_BEFORE_TO,
    NEEDING_MORE,
    NOUNS_BEFORE_PREPOSITION,
    OPENING,
    PREPOSITIONS,
    SAYING,
    SHORT_ANSWERS,
    SHORT_ASKS,
    SPEAKERS,
    STARTING,
    SUBJECTS,
    VOCALISATIONS,
    WH,
    WISHING,
)

_SENTENCES = re.compile(r"(?<=[.?!])\s+")
_WORDS = re.compile(r"[a-z]+(?:['’][a-z]+)?|\d+")
_LEFT_OPEN = re.compile(r"(?:\.\.+|…|[-–—,:;])[\"”']?$")


class SoFar(StrEnum):
    """What the words of a turn so far amount to."""

    NOTHING = "nothing"
    """No words, or only sounds such as "mhm": not an answer, and not a turn."""
    UNFINISHED = "unfinished"
    SAID = "said"
    """A whole sentence that asks nothing; a coach often goes on with a question."""
    ASKED = "asked"
    """A whole sentence that asks."""


def so_far(text: str) -> SoFar:
    """Judge a turn's words so far, punctuated or not."""
    words = words_of(text)
    if not words or all(word in VOCALISATIONS for word in words):
        return SoFar.NOTHING
    sentence = _SENTENCES.split(text.strip())[-1]
    last = _without_openers(words_of(sentence))
    if _is_open(sentence, words_of(sentence), last):
        return SoFar.UNFINISHED
    return SoFar.ASKED if sentence.rstrip("\"”'").endswith("?") or _asks(last) else SoFar.SAID


def is_only_listening(text: str) -> bool:
    """Say whether these words, said over someone, only show that one is listening."""
    words = words_of(text)
    listening = VOCALISATIONS | SHORT_ANSWERS
    return len(words) <= 3 and all(word in listening for word in words)


def only_adds_listening(before: str, now: str) -> bool:
    """Say whether a turn's words have grown by nothing, or only by what shows listening.

    Args:
        before: The words that were answered; none where somebody is spoken over.
        now: All words, those before among them, perhaps heard a little differently.
    """
    old, new = words_of(before), words_of(now)
    same = 0
    while same < min(len(old), len(new)) and old[same] == new[same]:
        same += 1
    return len(new) <= len(old) or is_only_listening(" ".join(new[same:]))


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case; "mm-hmm" is two."""
    return [word.replace("’", "'") for word in _WORDS.findall(text.lower())]


def _without_openers(words: list[str]) -> list[str]:
    start = 0
    while start < len(words) and words[start] in OPENING:
        start += 1
    return words[start:]


def _is_open(sentence: str, words: list[str], rest: list[str]) -> bool:
    if _LEFT_OPEN.search(sentence.strip()):
        return True
    if all(word in SHORT_ANSWERS for word in words):
        return False
    if not rest:  # "Well," and "And so"; but "Oh, okay." is an answer
        return words[-1] not in SHORT_ANSWERS
    if rest[-1] in FILLERS and len(rest) > 1:
        return True
    if len(rest) == 1:
        return rest[0] not in SHORT_ASKS | SHORT_ANSWERS and _ends_open(rest)
    return _ends_open(rest) or _only_a_condition(rest, sentence)


def _ends_open(words: list[str]) -> bool:
    """Say whether the last words need more after them."""
    last, before = words[-1], words[-2] if len(words) > 1 else ""
    if last in DETERMINERS or last in NEEDING_MORE:
        return True
    if last in JOINING:
        return not (last == "so" and before in {"think", "hope", "say", "or", "guess", "even"})
    if last in WH:
        return _wh_is_open(last, before, len(words))
    if last == "like":
        asks = _wh_place(words) is not None
        return not (asks and (before in LINKED_BEFORE_LIKE or _asked_about(words)))
    if _wants_an_object(words) or _announces(words):
        return True
    if last == "that":
        return before in SAYING or (before in DUMMY and _wh_place(words) is not None)
    if last == "not":
        return before not in {"why", "or", "hope", "maybe", "probably", "perhaps", "if"}
    if last in PREPOSITIONS:
        return _preposition_is_open(words)
    if last in SUBJECTS or last in {"you", "it", "this"}:
        return _pronoun_is_open(words)
    if last.removesuffix("n't") in AUXILIARIES or last in AUXILIARIES:
        return _auxiliary_is_open(words)
    return last in STARTING and not _asked_about(words)


def _wants_an_object(words: list[str]) -> bool:
    """Say whether it is "I would like to understand", which nobody leaves at that."""
    return (
        words[-1] in FINDING_OUT
        and words[-2:-1] == ["to"]
        and not WISHING.isdisjoint(words)
        and _wh_place(words) is None
    )


def _announces(words: list[str]) -> bool:
    """Say whether it is "what I am hearing is" or "what I'm hearing is that"."""
    rest = words[:-1] if words[-1] == "that" else words
    return len(rest) > 3 and rest[0] == "what" and rest[1] in SPEAKERS and rest[-1] in {"is", "was"}


def _wh_is_open(last: str, before: str, count: int) -> bool:
    if last in {"what", "which", "whose"}:
        return before != "guess"
    if count == 2:
        return before not in {"and", "but", "know", "of", "say"}
    return before not in {"me", "know", "out", "understand", "that's", "see", "say", "wonder"}


def _wh_place(words: list[str]) -> int | None:
    return next((place for place, word in enumerate(words[:4]) if _is_wh(word)), None)


def _is_wh(word: str) -> bool:
    return word.split("'")[0] in WH


def _asked_about(words: list[str]) -> bool:
    """Say whether a question word in front stands for what is missing at the end."""
    place = _wh_place(words)
    if place is None:
        return False
    between = words[place + 1 : -1]
    # "What do you want", "what you want"; but in "what stops you from" it is what stops.
    return bool(between) and (
        "'" in words[place]
        or between[0] in SUBJECTS | {"you"}
        or (len(between) > 1 and any(word in AUXILIARIES for word in between))
    )


def _preposition_is_open(words: list[str]) -> bool:
    last, before = words[-1], words[-2] if len(words) > 1 else ""
    if last == "to":
        return before not in LINKED_BEFORE_TO
    if last == "of":
        return before not in LINKED_BEFORE_OF
    if (before, last) in {("going", "on"), ("go", "on"), ("so", "on"), ("move", "on")}:
        return False
    if last == "about" and before in WH | {"think", "feel"}:
        return True
    return before in NOUNS_BEFORE_PREPOSITION | BE or not _asked_about(words)


def _pronoun_is_open(words: list[str]) -> bool:
    last, before = words[-1], words[-2] if len(words) > 1 else ""
    if before in WH | {"that", "if", "because", "but", "so", "as", "when"}:
        return True
    if before in BE and (last != "you" or words[0] in {"how", "where", "who"}):
        return last in {"i"} and _wh_place(words) is None
    if before in AUXILIARIES:
        # "What would you", but "you called them, did you?" and "did they?"
        return _wh_place(words) is not None or (len(words) == 2 and last in {"i", "we", "you"})
    return last in SUBJECTS


def _auxiliary_is_open(words: list[str]) -> bool:
    last, before = words[-1], words[-2] if len(words) > 1 else ""
    place = _wh_place(words)
    if before in SUBJECTS | {"you", "it", "that", "this"}:
        if last in {"do", "did", "does", "can", "have", "had"} or last.endswith("n't"):
            return False
        # "tell me what it is", "where you are"
        return not any(_is_wh(word) for word in words[:-2]) or last not in BE
    if last in {"be", "been", "do", "done", "have"} and place is not None:
        return not _asked_about(words)
    return True


def _only_a_condition(words: list[str], sentence: str) -> bool:
    """Say whether it is "when you think about the calls" with nothing after it."""
    if not _is_condition(words) or "," in sentence:
        return False
    rest = words[1:]
    return not any(_is_wh(word) for word in rest) and not any(
        first in AUXILIARIES and second in SUBJECTS | {"you", "it"}
        for first, second in itertools.pairwise(rest)
    )


def _is_condition(words: list[str]) -> bool:
    conditions = {"if", "when", "as", "since", "while", "because", "although", "given", "once"}
    asks_when = words[0] == "when" and (len(words) == 1 or words[1] in AUXILIARIES)
    return words[0] in conditions and not asks_when


def _asks(words: list[str]) -> bool:
    if not words:
        return False
    whole = len(words) == 1 and words[0] in SHORT_ASKS
    in_front = _is_wh(words[0]) and not _is_condition(words)
    pairs = {" ".join(pair) for pair in itertools.pairwise(words)}
    if whole or in_front or pairs & INVITING:
        return True
    subject = SUBJECTS | {"you", "it", "that", "there", "this"}
    if len(words) > 1 and words[0] in AUXILIARIES and words[1] in subject:
        return True
    # "When you look at March, what happened": the question comes after its condition.
    return any(
        _is_wh(first) and (second in AUXILIARIES or "'" in first)
        for first, second in itertools.pairwise(words)
    )
