"""Split a manager's turn into segments: the smallest stretches that do one job (rubric 1).

Typed text is split at sentence ends. Text without punctuation, as recognisers write it, is split
where grammar shows a new clause: a turned auxiliary or question word opens a question, a subject
with its verb after a finished clause opens a statement. Some places are only candidates, marked
``soft``: the two sides are one segment unless they turn out to do different jobs.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import NamedTuple

from trainer.scoring.clauses import (
    CANDIDATE_WORDS,
    CLAUSE_WORDS,
    LEAST_WORDS,
    back_over_openers,
    is_tag,
    request_starts,
    stands_alone,
    statement_starts,
)
from trainer.scoring.grammar import (
    Onset,
    find_onsets,
)
from trainer.scoring.vocabulary import ACTIONS
from trainer.scoring.words import PAUSE, spoken

LONGEST_WORDS = 80  # a longer stretch is cut: nobody speaks such a clause, and cues stay fast
_RUN_ON_WORDS = 7  # a shorter stretch without punctuation is one clause

_ENDS = re.compile(r"[.!?…]+[\"'”’)\]]*$")
_ABBREVIATION = re.compile(
    r"(?:^|\W)(?:mrs?|ms|dr|prof|st|vs|etc|e\.g|i\.e|approx|no|inc|ltd|co|jr|sr)\.$", re.I
)
_INITIAL = re.compile(r"^(?:[A-Z]\.)+$")
_BREATH = re.compile(r"[,;:—–-]+[\"'”’)]*$")
_STRONG_BREATH = re.compile(r"(?:;|—|–|--|^-+)[\"'”’)]*$")


class Piece(NamedTuple):
    """A stretch of a turn."""

    text: str
    soft: bool
    """It may belong with the piece before it."""


class _Breaks(NamedTuple):
    """Indices of the words before which a clause begins."""

    hard: list[int]
    soft: list[int]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A sentence, or a whole turn without punctuation, as written words and plain tokens."""

    words: tuple[str, ...]
    tokens: tuple[str, ...]
    word_of: tuple[int, ...]
    """Index of the written word each token comes from."""


def split(text: str) -> tuple[Piece, ...]:
    """Split a turn; the pieces' texts joined with spaces give back its words."""
    pieces: list[Piece] = []
    for sentence in _sentences(text.split()):
        pieces.extend(_clauses(sentence))
    return tuple(pieces)


def _sentences(words: list[str]) -> list[list[str]]:
    sentences: list[list[str]] = [[]]
    for at, word in enumerate(words):
        sentences[-1].append(word)
        following = words[at + 1] if at + 1 < len(words) else ""
        if len(sentences[-1]) >= LONGEST_WORDS or _ends_sentence(word, following):
            sentences.append([])
    kept = [sentence for sentence in sentences if sentence]
    return _join_wordless(kept)


def _ends_sentence(word: str, following: str) -> bool:
    if not _ENDS.search(word) or _ABBREVIATION.search(word) or _INITIAL.match(word):
        return False
    trails_off = word.rstrip("\"'”’)").endswith(("...", "…"))
    return not (trails_off and following[:1].islower())


def _join_wordless(sentences: list[list[str]]) -> list[list[str]]:
    """Join a stretch without any word (a lone "..." or emoji) to the one before it."""
    joined: list[list[str]] = []
    for sentence in sentences:
        wordless = not any(char.isalnum() for word in sentence for char in word)
        if joined and wordless and len(joined[-1]) < LONGEST_WORDS:
            joined[-1].extend(sentence)
        else:
            joined.append(sentence)
    return joined


def _stretch(words: list[str]) -> _Stretch:
    tokens: list[str] = []
    word_of: list[int] = []
    for index, word in enumerate(words):
        plain = spoken(word).tokens
        tokens.extend(plain)
        word_of.extend([index] * len(plain))
        if (plain and _BREATH.search(word)) or _STRONG_BREATH.search(word):
            tokens.append(PAUSE)
            word_of.append(index)
    return _Stretch(tuple(words), tuple(tokens), tuple(word_of))


def _clauses(words: list[str]) -> list[Piece]:
    stretch = _stretch(words)
    hard, soft = _grammar_breaks(stretch)
    breaks = dict.fromkeys([*_breath_breaks(stretch), *soft], True)
    breaks.update(dict.fromkeys(hard, False))
    edges = [0, *sorted(at for at in breaks if 0 < at < len(words)), len(words)]
    return [
        Piece(" ".join(words[start:end]), breaks.get(start, False))
        for start, end in itertools.pairwise(edges)
    ]


def _breath_breaks(stretch: _Stretch) -> list[int]:
    """Return the words before which a new job may begin, after a pause that is written."""
    found: list[int] = []
    words = stretch.words
    for at in range(2, len(words) - 1):
        before = words[at - 1]
        if not _BREATH.search(before):
            continue
        plain = [token for word in words[at : at + 4] for token in spoken(word).tokens]
        if not plain:
            continue
        strong = bool(_STRONG_BREATH.search(before))
        joined = plain[0] in ("but", "so", "and", "then", "now", "just", "only")
        head = plain[1:] if joined else plain
        opens = bool(head) and (
            head[0] in CLAUSE_WORDS or head[0] in ACTIONS or head[:2] == ["let", "us"]
        )
        if strong or (joined and opens) or (opens and plain[0] in ACTIONS):
            found.append(at)
    return found


def _grammar_breaks(stretch: _Stretch) -> _Breaks:
    """Find the words before which grammar alone shows a new clause."""
    found = _Breaks([], [])
    if len(stretch.words) < _RUN_ON_WORDS:
        return found
    punctuated = PAUSE in stretch.tokens or bool(_ENDS.search(stretch.words[-1]))
    upcoming = {onset.start: onset for onset in find_onsets(stretch.tokens)}
    start = 0  # first token of the clause being read
    asking: Onset | None = upcoming.get(0)
    for at in range(1, len(stretch.tokens)):
        onset = upcoming.get(at)
        if onset is not None:
            edge = back_over_openers(stretch.tokens, at, start)
            if _new_ask(stretch, start, edge, onset, asking):
                found.hard.append(stretch.word_of[edge])
                start = edge
            asking = onset
        elif not punctuated and request_starts(stretch.tokens, at, start):
            found.hard.append(stretch.word_of[at])
            start, asking = at, Onset(at, "what", at + 1, True)
        elif not punctuated and statement_starts(stretch.tokens, at, start, asking):
            edge = back_over_openers(stretch.tokens, at, start)
            if edge - start >= LEAST_WORDS and len(stretch.tokens) - at >= LEAST_WORDS:
                (found.hard if asking else found.soft).append(stretch.word_of[edge])
                start, asking = edge, None
    return found


def _new_ask(stretch: _Stretch, start: int, edge: int, onset: Onset, asking: Onset | None) -> bool:
    before = stretch.tokens[start:edge]
    if not before or PAUSE in before[-1:]:
        return False
    if asking is not None:
        rest = len(stretch.tokens) - onset.start
        guessed = stretch.tokens[onset.auxiliary] in ("is", "was", "are", "were")
        joined = stretch.tokens[edge] in ("and", "but")
        offers = asking.wh and not onset.wh and guessed and not joined and rest <= CANDIDATE_WORDS
        tag = is_tag(stretch.tokens, onset)
        return not offers and not tag and edge - asking.auxiliary >= LEAST_WORDS - 1
    if is_tag(stretch.tokens, onset):
        return False
    return stands_alone(before)
