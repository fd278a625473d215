"""Whether two wordings name the same step: "ring Norvik back" and "what if you called them?".

The one place that decides it, for the salesperson's ledger and for scorers alike; it needs only
an encoder. Politeness around an idea ("have you thought about …") says nothing about which idea
it is, and is taken off first. Sentence vectors hear the matter better than the act ("call the
customer", "call off the customer"), so acts are compared by name as well. How far this can be
trusted: ``benchmarks/same_idea.py``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from trainer.protocols import Encoder

SAME_IDEA = 0.56  # nearness from which two wordings name the same step; read off the benchmark
SAME_ACT = 0.05  # added to the cosine when both name the same act (call, send, meet)
OTHER_ACT = 0.1  # taken off it when both name acts, and none of them is the same

# One line an act of a sales week, in the words people use for it.
_ACTS = """
call ring phone dial
send email mail write forward post text
meet see visit drive face
ask question request check find-out
tell say admit inform apologise apology sorry honest
give hand pass let
take bring invite get
sell offer promise commit quote
raise increase
lower discount off reduce cut
read look study review check go-through
practise rehearse role-play
block plan schedule diary calendar lay
buy order purchase
sign close
drop stop throw leave quit strike clean
win open prospect
make put start begin open
teach show train
test try
record tape listen
wait hold
decide set fix
complain
forget
walk
"""

_WORD = re.compile(r"[a-z-]+")
_LINES_OF: dict[str, frozenset[int]] = {}
for _number, _line in enumerate(_ACTS.split("\n")):
    for _word in _line.split():
        _LINES_OF[_word] = _LINES_OF.get(_word, frozenset()) | {_number}

_WRAPPERS = re.compile(
    r"^(?:(?:and|so|but|well|okay|right|look|then|please|maybe|perhaps|honestly|sorry)[, ]+)*"
    r"(?:have you (?:considered|thought (?:about|of)|tried)"
    r"|did you (?:think about|think of|consider)"
    r"|(?:do not|don't|would not|wouldn't) you (?:think|want to)(?: that)?(?: you)?"
    r"|(?:would not|wouldn't|would) it (?:not )?(?:be|help|make sense)"
    r"(?: better| easier| good| best| worth| an idea)?(?: if you| to)?"
    r"|why (?:do not|don't) (?:you|we)|what if (?:you|we)|how about|what about"
    r"|(?:should not|shouldn't|could not|couldn't|can't|could|can|will|would|won't) you"
    r"|what (?:i would|i'd) do is|the (?:best|right|obvious|first) (?:thing|move|step|way)"
    r"(?: to (?:do|go))?(?: is| would be)(?: to)?"
    r"|my advice (?:is|would be)(?: to)?|if i were you,? (?:i would|i'd)"
    r"|(?:i would|i'd) (?:like|love|want) (?:you|for you) to|i (?:want|need|expect) you to"
    r"|(?:i would|i'd|i could|i can|i will|i'll|i might|i am going to|i'm going to|i think i)"
    r"|you (?:could|should|must|might|can|have to|need to|ought to|had better|will|'ll want to)"
    r"|you'll (?:want to|have to)?|let us|let's|i suggest(?: that)?(?: you)?"
    r"|(?:maybe|perhaps) (?:you|i) (?:could|should|can)|it (?:would|might) (?:help|be good) to"
    r")\b[ ,]*(?:(?:just|simply|always|also|first|maybe|perhaps|really|try to|try|then)\b[ ,]*)*",
    re.IGNORECASE,
)


def bare_idea(text: str) -> str:
    """Take off what is said around an idea; the whole text when nothing would be left."""
    plain = text.strip().strip("\"'“”")
    bare = _WRAPPERS.sub("", plain, count=1).strip(" ,.?!")
    return bare if len(bare.split()) >= 2 else plain.strip(" ,.?!")


def nearness(encoder: Encoder, some: Sequence[str], others: Sequence[str]) -> NDArray[np.float32]:
    """Return how near each of some ideas is to each of others, shape (len(some), len(others)).

    Cosines of the bare ideas, -1 to 1, a little more for the same act and less for another.
    """
    vectors = encoder.encode([bare_idea(text) for text in (*some, *others)])
    cosines = vectors[: len(some)] @ vectors[len(some) :].T
    return cosines + act_bonus(some, others)


def act_bonus(some: Sequence[str], others: Sequence[str]) -> NDArray[np.float32]:
    """Return what comparing the acts adds to the cosines, shape (len(some), len(others))."""
    bonus = np.zeros((len(some), len(others)), np.float32)
    named = [_acts_in(bare_idea(text)) for text in others]
    for row, text in enumerate(some):
        acts = _acts_in(bare_idea(text))
        for column, theirs in enumerate(named):
            if acts & theirs:
                bonus[row, column] = SAME_ACT
            elif acts and theirs:
                bonus[row, column] = -OTHER_ACT
    return bonus


def _acts_in(text: str) -> frozenset[int]:
    """Return which acts a text names, by their line in the list."""
    acts: set[int] = set()
    for word in _WORD.findall(text.lower()):
        acts |= _LINES_OF.get(word) or _LINES_OF.get(_base_form(word)) or frozenset()
    return frozenset(acts)


def _base_form(word: str) -> str:
    for ending in ("ing", "ed", "es", "s"):
        stem = word.removesuffix(ending)
        if stem != word:
            found = next((form for form in (stem, stem + "e") if form in _LINES_OF), None)
            if found:
                return found
    return word


def same_idea(encoder: Encoder, one: str, other: str) -> bool:
    """Say whether two texts name the same step."""
    return bool(nearness(encoder, [one], [other])[0, 0] >= SAME_IDEA)
