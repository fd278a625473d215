"""Whether two wordings name the same step: "ring Norvik back" and "what if you called them?".

The one place that decides it, for the salesperson's ledger and for scorers alike; it needs only
an encoder. Politeness around an idea ("have you thought about …") says nothing about which idea
it is, and is taken off first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from trainer.protocols import Encoder

SAME_IDEA = 0.55  # cosine from which two wordings name the same step

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

    Cosines of the bare ideas, -1 to 1.
    """
    texts = [bare_idea(text) for text in (*some, *others)]
    vectors = encoder.encode(texts)
    return vectors[: len(some)] @ vectors[len(some) :].T


def same_idea(encoder: Encoder, one: str, other: str) -> bool:
    """Say whether two texts name the same step."""
    return bool(nearness(encoder, [one], [other])[0, 0] >= SAME_IDEA)
