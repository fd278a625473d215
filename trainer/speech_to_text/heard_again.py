"""Words that a gap was heard to hold but that stand already in the sentence beside it.

Whisper's times are rough: it may say that a sentence ended two seconds before its last word. What
is then listened to once more, as a gap with nothing written for it, is that sentence's end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from trainer.speech_to_text.decoded import Decoded, Gap

ALIKE = 0.7
"""Share of words in common, in order, from which a stretch counts as the same one. Seen: "Wine
time, it's the first minute" for "find time. It's the first minute" is 0.83."""

_LEAST_WORDS = 2  # one word alike is a coincidence: "time" ends and begins many a sentence

_WORD = re.compile(r"[\w'’]+")


def without_heard_again(
    found: Sequence[Decoded], decoded: Sequence[Decoded], gap: Gap
) -> list[Decoded]:
    """Leave out of a gap's words those that its neighbours have.

    Args:
        found: What was written for the gap.
        decoded: What had been written before, in order of time.
        gap: Where it lies.
    """
    middle_s = (gap.start_s + gap.end_s) / 2
    before = " ".join(each.text for each in decoded if each.start_s < middle_s)
    after = " ".join(each.text for each in decoded if each.start_s >= middle_s)
    kept = []
    for number, each in enumerate(found):
        text = each.text
        if number == 0:
            text = _cut_front(text, before)
        if number == len(found) - 1:
            text = _cut_back(text, after)
        if text:
            kept.append(replace(each, text=text))
    return kept


def _cut_front(text: str, before: str) -> str:
    """Cut the words off the front that ``before`` ends with."""
    written = list(_WORD.finditer(text))
    words = [each.group().lower() for each in written]
    count = _shared(words, [each.lower() for each in _WORD.findall(before)])
    return text[written[count - 1].end() :].lstrip(" .,;:!?…-") if count else text


def _cut_back(text: str, after: str) -> str:
    """Cut the words off the back that ``after`` begins with."""
    written = list(_WORD.finditer(text))
    words = [each.group().lower() for each in reversed(written)]
    count = _shared(words, [each.lower() for each in reversed(_WORD.findall(after))])
    return text[: written[-count].start()].rstrip() if count else text


def _shared(words: Sequence[str], neighbour: Sequence[str]) -> int:
    """Return how many of the first words are the neighbour's last."""
    for count in range(min(len(words), len(neighbour)), _LEAST_WORDS - 1, -1):
        first, last = words[:count], neighbour[-count:]
        same_at_the_seam = first[-1] == last[-1]
        if same_at_the_seam and SequenceMatcher(None, first, last).ratio() >= ALIKE:
            return count
    return 0
