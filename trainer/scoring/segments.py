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

from trainer.scoring.grammar import (
    AUXILIARIES,
    EMBEDDERS,
    OPENERS,
    QUESTION_WORDS,
    SUBJECTS,
    Onset,
    find_onsets,
)
from trainer.scoring.tell_cues import ACTIONS, SOCIAL_WORDS
from trainer.scoring.words import PAUSE, spoken

LONGEST_WORDS = (
    80  # a longer stretch is cut: nobody speaks one clause this long, and cues stay fast
)
_RUN_ON_WORDS = 7  # a shorter stretch without punctuation is one clause
_LEAST_WORDS = 3  # a shorter stretch is no clause of its own
_TOPIC_WORDS = 5  # more words than these before a question are a sentence, not a topic put first
_CANDIDATE_WORDS = 9  # a yes/no tail up to this long after a question word offers an answer

_ENDS = re.compile(r"[.!?…]+[\"'”’)\]]*$")
_ABBREVIATION = re.compile(
    r"(?:^|\W)(?:mrs?|ms|dr|prof|st|vs|etc|e\.g|i\.e|approx|no|inc|ltd|co|jr|sr)\.$", re.I
)
_INITIAL = re.compile(r"^(?:[A-Z]\.)+$")
_BREATH = re.compile(r"[,;:—–-]+[\"'”’)]*$")
_STRONG_BREATH = re.compile(r"(?:;|—|–|--|^-+)[\"'”’)]*$")

_SETS_UP = frozenset(
    "if when whenever since given once because say suppose having knowing before after"
    " while".split()
)
_SET_UP_VERBS = frozenset("said say mentioned told called described used".split())
_CLAUSE_WORDS = SUBJECTS | {"it", "that", "this", "there", "here", "these", "those"}
_STATEMENT_VERBS = AUXILIARIES | frozenset(
    "think guess mean want need know like love hear see feel wonder suppose reckon said told"
    " got made went"
    " came thought saw heard never always just really only noticed remember appreciate hope"
    " let".split()
)
# A subject after these goes on with the clause it stands in.
_GOES_ON = (
    EMBEDDERS
    | AUXILIARIES
    | QUESTION_WORDS
    | SUBJECTS
    | frozenset(
        """
    if when because since until till unless while although though before after once whether
    whoever whatever whichever that the a an your his her their our my its as how not or nor way
    time thing day moment one ones everything anything something nothing all reason if case
    place people guy man thought believe reckon suppose hope wish bet feel swear glad sorry
    afraid so and but then where every what's only even also just than into over with without
        """.split()
    )
)


# A clause follows these a few words on: "so you know deep down you should have called".
_CARRY_CLAUSE = frozenset(
    "know think thought feel felt say said hear heard told tell believe reckon guess hope wish"
    " sounds seems mean means"
    " worried afraid sure sorry glad remember noticed like wish".split()
)


_REQUESTS = frozenset(
    {
        ("tell", "me"),
        ("walk", "me"),
        ("talk", "me"),
        ("help", "me"),
        ("mind", "if"),
        ("any", "chance"),
    }
    | {
        ("want", "me"),
        ("say", "more"),
        ("you", "mind"),
        ("say", "it"),
        ("take", "me"),
        ("show", "me"),
    }
)
_LEADS_ON = frozenset("and so but or because then now okay right well anyway also look".split())
_JOINS_VERBS = frozenset("and or to not you i we they he she please just".split()) | AUXILIARIES
_ORDERED = frozenset(
    "the a an it them him her me us your his their our my this that these those up at out"
    " back".split()
)
_NO_VERB = frozenset("and or but of in on at to for with from who that the a an as by".split())


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
            head[0] in _CLAUSE_WORDS or head[0] in ACTIONS or head[:2] == ["let", "us"]
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
            edge = _back_over_openers(stretch.tokens, at, start)
            if _new_ask(stretch, start, edge, onset, asking):
                found.hard.append(stretch.word_of[edge])
                start = edge
            asking = onset
        elif not punctuated and _request_starts(stretch.tokens, at, start):
            found.hard.append(stretch.word_of[at])
            start, asking = at, Onset(at, "what", at + 1, True)
        elif not punctuated and _statement_starts(stretch.tokens, at, start, asking):
            edge = _back_over_openers(stretch.tokens, at, start)
            if edge - start >= _LEAST_WORDS and len(stretch.tokens) - at >= _LEAST_WORDS:
                (found.hard if asking else found.soft).append(stretch.word_of[edge])
                start, asking = edge, None
    return found


def _back_over_openers(tokens: tuple[str, ...], at: int, least: int) -> int:
    """Move an edge back over the words its clause opens with ("and so what…")."""
    while at - 1 > least and tokens[at - 1] in _LEADS_ON:
        at -= 1
    return at


def _new_ask(stretch: _Stretch, start: int, edge: int, onset: Onset, asking: Onset | None) -> bool:
    before = stretch.tokens[start:edge]
    if not before or PAUSE in before[-1:]:
        return False
    if asking is not None:
        rest = len(stretch.tokens) - onset.start
        guessed = stretch.tokens[onset.auxiliary] in ("is", "was", "are", "were")
        joined = stretch.tokens[edge] in ("and", "but")
        offers = asking.wh and not onset.wh and guessed and not joined and rest <= _CANDIDATE_WORDS
        tag = _is_tag(stretch.tokens, onset)
        return not offers and not tag and edge - asking.auxiliary >= _LEAST_WORDS - 1
    if _is_tag(stretch.tokens, onset):
        return False
    return _stands_alone(before)


def _request_starts(tokens: tuple[str, ...], at: int, start: int) -> bool:
    """Say whether an open request or a plea for leave begins: "tell me…", "mind if I…"."""
    return (
        at - start >= _LEAST_WORDS - 1
        and tokens[at : at + 2] in _REQUESTS
        and tokens[at - 1] not in _JOINS_VERBS
        and len(tokens) - at > 2
    )


def _is_tag(tokens: tuple[str, ...], onset: Onset) -> bool:
    """Say whether a turned auxiliary and its subject are all that is left: "isn't it"."""
    rest = [
        token for token in tokens[onset.start :] if token not in ("not", "then", "though", "so")
    ]
    return not onset.wh and len(rest) <= 2 and tokens[onset.start - 1] not in ("and", "but", "or")


def _stands_alone(tokens: tuple[str, ...]) -> bool:
    """Say whether these words are a statement of their own, not a run-up to a question."""
    body = [token for token in tokens if token != PAUSE]
    while body and body[0] in OPENERS:
        body.pop(0)
    if not body or all(token in SOCIAL_WORDS or token in OPENERS for token in body):
        return len(tokens) > 1 or (bool(body) and body[0] not in OPENERS)
    if len(body) < _LEAST_WORDS or body[0] in _SETS_UP:
        return False
    if body[0] == "you" and body[1] in _SET_UP_VERBS:
        return False
    if body[0] in ACTIONS or len(body) > _TOPIC_WORDS:
        return True
    return any(word in _CLAUSE_WORDS for word in body[:-1]) or any(
        word in AUXILIARIES for word in body[1:-1]
    )


def _statement_starts(tokens: tuple[str, ...], at: int, start: int, asking: Onset | None) -> bool:
    """Say whether a new statement may begin at a token of text without punctuation."""
    word, before, after = tokens[at], tokens[at - 1], tokens[at + 1 : at + 2]
    if at - start < _LEAST_WORDS or not after:
        return False
    if asking is not None and at - asking.auxiliary <= _LEAST_WORDS:
        return False
    body = [token for token in tokens[start:at] if token not in OPENERS]
    if body and body[0] in _SETS_UP:
        return False
    if any(token in _CARRY_CLAUSE for token in tokens[max(start, at - 4) : at]):
        return False
    joined = before in ("but", "so", "and") and tokens[at - 2] not in _GOES_ON
    if word in ACTIONS or word == "let":
        orders = after[0] in _ORDERED
        return orders and (before in ("but", "so") or before not in _GOES_ON | _JOINS_VERBS)
    if word not in _CLAUSE_WORDS or after[0] in _NO_VERB:
        return False
    if word not in SUBJECTS and after[0] not in AUXILIARIES:
        return False
    if asking is not None and after[0] not in _STATEMENT_VERBS:
        return False
    return joined or before not in _GOES_ON
