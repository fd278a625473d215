"""Weigh cues into probabilities over the 19 labels.

Every cue votes for a label with a weight, in natural-log odds: about 1 for a hint, 2 for a cue
that is right more often than not, 3 for a construction that hardly means anything else. Votes for
the same label add up, so independent cues that agree make it surer.

The share of the labels voted for is their softmax. A part of the probability, the doubt, is held
back from it: 2% however clear the case, and more the less evidence the winner has. Four fifths of
the doubt go to the winner's plausible rivals (the confusions people make too) and a fifth to all
labels evenly. Two agreeing cues of weight 2 and 3 give the winner about .92, one of weight 3 about
.81, one of weight 2 about .71, and two of weight 3 that conflict about .41 each.

When the two most probable labels are within 0.15 the milder one is taken (rubric 3): the one later
in the order of precedence, listening and neutral telling being milder than any ask.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from types import MappingProxyType

from trainer.types import Label

LEAST_DOUBT = 0.02  # held back from the clearest case
MOST_DOUBT = 0.75  # added when the winner has no evidence at all
EVIDENCE_SCALE = 2.0  # votes at which the added doubt has fallen to 37%
RIVALS_SHARE = 0.8  # of the doubt, for the winner's plausible rivals
TORN = 0.15  # the two most probable labels this close: take the milder

_L = Label
RIVALS: Mapping[Label, tuple[Label, ...]] = {
    _L.OPEN_QUESTION: (_L.SPECIFIC_QUESTION, _L.NARROWED_QUESTION, _L.CLOSED_QUESTION),
    _L.SPECIFIC_QUESTION: (_L.OPEN_QUESTION, _L.CLOSED_QUESTION),
    _L.CLOSED_QUESTION: (_L.OPEN_QUESTION, _L.SPECIFIC_QUESTION, _L.LEADING_QUESTION),
    _L.NARROWED_QUESTION: (_L.OPEN_QUESTION, _L.CLOSED_QUESTION),
    _L.PERMISSION: (_L.CLOSED_QUESTION, _L.FRAMING),
    _L.WHY_CHALLENGE: (_L.OPEN_QUESTION, _L.LEADING_QUESTION, _L.RHETORICAL_QUESTION),
    _L.LEADING_QUESTION: (_L.CLOSED_QUESTION, _L.RHETORICAL_QUESTION),
    _L.ADVICE_QUESTION: (_L.CLOSED_QUESTION, _L.OPEN_QUESTION, _L.LEADING_QUESTION),
    _L.RHETORICAL_QUESTION: (_L.LEADING_QUESTION, _L.CLOSED_QUESTION),
    _L.REFLECTION: (_L.INFORMATION, _L.AFFIRMATION),
    _L.AFFIRMATION: (_L.REFLECTION, _L.SOCIAL),
    _L.AUTONOMY: (_L.AFFIRMATION, _L.REFLECTION, _L.INFORMATION),
    _L.INFORMATION: (_L.REFLECTION, _L.FRAMING, _L.STORY),
    _L.STORY: (_L.INFORMATION,),
    _L.ADVICE: (_L.DIRECTION, _L.INFORMATION),
    _L.DIRECTION: (_L.ADVICE, _L.FRAMING),
    _L.PRESSURE: (_L.INFORMATION, _L.DIRECTION, _L.REFLECTION),
    _L.FRAMING: (_L.SOCIAL, _L.INFORMATION),
    _L.SOCIAL: (_L.FRAMING, _L.REFLECTION),
}
"""What a careful listener would take each label for when it is not that."""

# Rubric 3, "Precedence when several fit", from the gravest to the mildest.
PRECEDENCE: tuple[Label, ...] = (
    _L.DIRECTION,
    _L.PRESSURE,
    _L.ADVICE,
    _L.ADVICE_QUESTION,
    _L.LEADING_QUESTION,
    _L.RHETORICAL_QUESTION,
    _L.WHY_CHALLENGE,
    _L.NARROWED_QUESTION,
    _L.CLOSED_QUESTION,
    _L.SPECIFIC_QUESTION,
    _L.OPEN_QUESTION,
    # The rubric ranks no further; these do not steer, so they are milder still.
    _L.STORY,
    _L.PERMISSION,
    _L.FRAMING,
    _L.INFORMATION,
    _L.REFLECTION,
    _L.AFFIRMATION,
    _L.AUTONOMY,
    _L.SOCIAL,
)
_MILDNESS = {label: rank for rank, label in enumerate(PRECEDENCE)}


class Votes:
    """Collects the votes of the cues that were seen in one segment."""

    def __init__(self) -> None:
        self._sums: defaultdict[Label, float] = defaultdict(float)

    def add(self, label: Label, weight: float) -> None:
        """Vote for a label, or against it with a negative weight."""
        self._sums[label] += weight

    def of(self, label: Label) -> float:
        """Return the sum of the votes for a label so far."""
        return self._sums.get(label, 0.0)

    @property
    def best(self) -> float:
        """The sum of votes of the label ahead, 0 without any."""
        return max(self._sums.values(), default=0.0)

    def probabilities(self) -> Mapping[Label, float]:
        """Return probabilities over all 19 labels that sum to 1."""
        voted = {label: votes for label, votes in self._sums.items() if votes > 0}
        if not voted:
            voted = {Label.INFORMATION: 0.0}
        best = max(voted.values())
        odds = {label: math.exp(votes - best) for label, votes in voted.items()}
        total = sum(odds.values())
        winner = max(voted, key=lambda label: (voted[label], _MILDNESS[label]))
        doubt = min(1.0, LEAST_DOUBT + MOST_DOUBT * math.exp(-best / EVIDENCE_SCALE))
        rivals = RIVALS[winner]
        probs = {}
        for label in Label:
            share = (1 - doubt) * odds.get(label, 0.0) / total
            if label in rivals:
                share += doubt * RIVALS_SHARE / len(rivals)
            probs[label] = share + doubt * (1 - RIVALS_SHARE) / len(Label)
        scale = sum(probs.values())
        return MappingProxyType({label: share / scale for label, share in probs.items()})


def milder_when_torn(probs: Mapping[Label, float]) -> Label:
    """Return the most probable label, or the milder of the top two when they are close."""
    first, second = sorted(probs, key=lambda label: (-probs[label], _MILDNESS[label]))[:2]
    if probs[first] - probs[second] <= TORN:
        return max(first, second, key=_MILDNESS.__getitem__)
    return first
