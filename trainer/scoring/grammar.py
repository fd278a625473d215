"""Find where questions begin, by grammar alone: no question mark is needed.

English marks a question by turning subject and auxiliary round ("did they", "could you") or by a
question word in front. An embedded clause keeps its order ("tell me what they did"), so the turned
order tells the two apart even in text without punctuation.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from trainer.scoring.words import PAUSE

AUXILIARIES = frozenset(
    "do does did is are was were am has have had can could will would shall should may might must"
    " need dare ought".split()
)
QUESTION_WORDS = frozenset("what how who whose whom which where when why whichever".split())
SUBJECTS = frozenset("i you he she we they".split())
LOOSE_SUBJECTS = frozenset(
    "it that this there these those anyone anybody anything someone somebody something everyone"
    " everybody nobody one any your their his her our my the all either both".split()
)
# Words a speaker opens with before the clause proper.
OPENERS = frozenset(
    "and so but or well okay right now then look listen hey yes no sorry just cool sure first also"
    " actually honestly because anyway like see och fine good great wow huh ha plus again even"
    " though man mate sure seriously okay all mean course".split()
)
# A question word after these opens a clause inside the sentence, not a question of its own.
EMBEDDERS = frozenset(
    """
    know knows knew say says saying said tell tells telling told me us them him her see seeing saw
    sees ask asks asking asked understand wonder wondering about of on to for from at in by with
    is was are were like matter depends exactly just hear hearing heard find remember idea clue
    sure show shows showing describe explain share curious interested decide choose work figure
    guess think learn notice mean means than as that forget that's everything all bit point
    """.split()
)
_OPEN_ONLY_BEFORE_PAUSE = frozenset("look listen see mean all right sorry fine good course".split())
_JOINERS = frozenset("and so but or because then now okay right well anyway".split())
# A turned auxiliary after these is no question: "so do they", "nor did I", "the thing is you".
_NOT_TURNED_AFTER = frozenset("nor neither as than not to".split()) | SUBJECTS
_NOT_TURNED_AFTER_IT = frozenset("it that there which who".split())
_TAKES_OBJECT = frozenset("of to for with at on about from by behind told tell thank see".split())
_WH_REACH = 6  # words between a question word and its auxiliary: "how many of those calls did"
_TURNS_ANYWHERE = frozenset(
    "do does did have has can could would will should may might shall".split()
)
_IMPERATIVE_LOOKALIKES = frozenset({"do", "have", "had", "need", "dare", "must", "may", "might"})
_NO_SUBJECT = frozenset("be do love like have not get go say happily gladly".split())
_WHAT_KIND = frozenset("kind kinds sort type part way else other exactly more size shape".split())
# Pairs that open a question wherever they stand, unless an embedding verb comes before.
_ALWAYS_ASKS = {
    "what": frozenset("if about else happened changed".split()),
    "how": frozenset("about come many much far long often".split()),
    "why": frozenset("not".split()),
    "which": frozenset("way of one day part".split()),
    "who": frozenset("else ever".split()),
}
_MEASURES = frozenset("many much often long far big soon late old".split())


class Onset(NamedTuple):
    """Where a question begins."""

    start: int
    """Index of its first token."""
    wh: str
    """Its question word, or "" for a yes/no question."""
    auxiliary: int
    """Index of the turned auxiliary, or of the verb where the question word is the subject."""
    sure: bool
    """Whether it stands at the beginning of a clause."""


def body_start(tokens: Sequence[str]) -> int:
    """Return the index after the words a speaker opens with."""
    at = 0
    while at < len(tokens) and (tokens[at] in OPENERS or tokens[at] == PAUSE):
        if tokens[at] in _OPEN_ONLY_BEFORE_PAUSE and tokens[at + 1 : at + 2] != (PAUSE,):
            break
        if tokens[at] in ("like", "all", "no", "just", "even", "first") and at + 1 < len(tokens):
            if tokens[at + 1] not in OPENERS and tokens[at + 1] not in (PAUSE, "i", "you"):
                if tokens[at] != "just":
                    break
        at += 1
    return at if at < len(tokens) else 0


def _begins_clause(tokens: Sequence[str], at: int, body: int) -> bool:
    return at <= body or tokens[at - 1] == PAUSE or tokens[at - 1] in _JOINERS


def _subject_at(tokens: Sequence[str], at: int, *, loose: bool) -> bool:
    if at < len(tokens) and tokens[at] == "not":
        at += 1
    if at >= len(tokens):
        return False
    return tokens[at] in SUBJECTS or (loose and tokens[at] in LOOSE_SUBJECTS)


def _wh_onset(tokens: Sequence[str], at: int, *, begins: bool, marked: bool) -> Onset | None:
    """Read a question that opens with the question word at ``at``, if it is one."""
    wh = tokens[at]
    after = tokens[at + 1 : at + 1 + _WH_REACH]
    if not after:
        return Onset(at, wh, at, begins) if begins and (marked or at == 0) else None
    embedded = not begins and tokens[at - 1] in EMBEDDERS
    first = after[0]
    for step, word in enumerate(after):
        if word == PAUSE or (word in SUBJECTS and step == 0):
            break
        if word in AUXILIARIES:
            turned = _subject_at(tokens, at + 2 + step, loose=True)
            if step and not turned and wh not in ("how", "which", "what", "whose"):
                break
            if wh == "what" and step > 2 and first not in _WHAT_KIND:
                break
            if not begins and not turned and not (step == 0 and wh in ("what", "why", "how")):
                break
            if not begins and wh in ("who", "whose") and word not in ("do", "does", "did"):
                return None
            if wh == "which" and step == 0 and not turned and not marked:
                return None
            if embedded and not (turned and word in ("do", "does", "did")):
                return None
            if begins or turned or step == 0:
                return Onset(at, wh, at + 1 + step, begins)
            break
        if word in SUBJECTS:
            break
    if not begins:
        follows = _ALWAYS_ASKS.get(wh, frozenset())
        return Onset(at, wh, at + 1, False) if first in follows and not embedded else None
    if first in SUBJECTS or first in ("it", "that", "this", "a", "to"):
        return Onset(at, wh, at + 1, True) if marked or wh == "why" else None
    if wh in ("when", "where", "whichever") and first not in ("next", "else", "exactly", "about"):
        return Onset(at, wh, at + 1, True) if marked else None
    if wh == "how" and first not in ("about", "come", "else", "so") and first not in _MEASURES:
        return Onset(at, wh, at + 1, True) if marked else None
    if wh == "which" and first in ("means", "tells", "makes", "leaves") and not marked:
        return None
    return Onset(at, wh, at + 1, True)


def _polar_onset(tokens: Sequence[str], at: int, body: int, *, begins: bool) -> Onset | None:
    """Read a yes/no question that opens with the auxiliary at ``at``, if it is one."""
    word, rest = tokens[at], tokens[at + 1 : at + 3]
    if not rest or (not begins and tokens[at - 1] in _NOT_TURNED_AFTER):
        if not rest or tokens[at - 1] != "you" or tokens[at - 2] not in _TAKES_OBJECT:
            return None
    if rest[0] == "not" and len(rest) == 1:
        return None
    if word in ("do", "have", "must", "need") and begins:
        turned = _subject_at(tokens, at + 1, loose=False) or (
            rest[-1] in ("these", "those", "any", "your", "their") and word != "have"
        )
        if rest[0] == "not" and rest[-1] == "you" and tokens[at + 3 : at + 4] == ("dare",):
            return None
        return Onset(at, "", at, True) if turned else None
    if at == body or (begins and word not in _IMPERATIVE_LOOKALIKES):
        subject = rest[-1] if rest[0] == "not" else rest[0]
        if subject in _NO_SUBJECT or subject in AUXILIARIES or subject == PAUSE:
            return None
        if _subject_at(tokens, at + 1, loose=True) or at == body:
            return Onset(at, "", at, True)
    if not begins and tokens[at - 1] in AUXILIARIES:
        return None
    if not begins and tokens[at - 1] in _NOT_TURNED_AFTER_IT and word not in ("do", "did", "does"):
        return None
    strict = word in _TURNS_ANYWHERE
    if (strict or begins or word in ("are", "were")) and _subject_at(tokens, at + 1, loose=False):
        return Onset(at, "", at, begins)
    if not begins and tokens[at - 1] in EMBEDDERS:
        return None
    if word in ("does", "would", "could", "will") and rest[0] in LOOSE_SUBJECTS - {"it", "that"}:
        return Onset(at, "", at, begins)
    if (
        rest[0] in ("anyone", "anybody", "anything")
        or (word == "would" and rest[0] == "it")
        or rest == ("that", "near")
    ):
        return Onset(at, "", at, begins)
    if word in ("is", "was") and rest[0] in ("it", "he", "she", "they"):
        return Onset(at, "", at, begins)
    return None


def find_onsets(tokens: Sequence[str], *, marked: bool = False) -> list[Onset]:
    """Return where questions begin in these tokens, first to last.

    Args:
        tokens: The plain form of one sentence, or of a whole turn without punctuation.
        marked: It ended in a question mark, so that doubtful forms count.
    """
    body = body_start(tokens)
    onsets: list[Onset] = []
    taken = -1  # last token that belongs to the onset before
    for at, word in enumerate(tokens):
        if at <= taken:
            continue
        begins = _begins_clause(tokens, at, body)
        found: Onset | None = None
        if word in QUESTION_WORDS:
            found = _wh_onset(tokens, at, begins=begins, marked=marked)
        elif word in AUXILIARIES:
            found = _polar_onset(tokens, at, body, begins=begins)
            if found is None and onsets and onsets[-1].wh and word in ("is", "was"):
                offered = tokens[at + 1 : at + 2]  # "what stopped you was it price"
                if offered and offered[0] == "it" and at - onsets[-1].auxiliary > 0:
                    found = Onset(at, "", at, begins)
        if found is not None:
            onsets.append(found)
            taken = found.auxiliary + 1
    return onsets
