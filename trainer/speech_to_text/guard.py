"""Whether a quick decoding can be believed, or the clip needs Whisper's full window.

Whisper was trained on windows of 30 s. On a shorter one it now and then goes astray: it says the
same words again, once or over and over, runs on after the end, or writes what is not there. All of
that shows in what it wrote.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

MOST_COMPRESSION = 2.0  # Whisper's own limit is 2.4; ordinary turns stay under 1.8
LEAST_LOGPROB = -0.8  # Whisper's own limit is -1.0
MOST_WORDS_PER_S = 6.0  # people speak 2 to 4, auctioneers 6
FREE_WORDS = 4  # so that a very short clip may have a few
NGRAM = 3
MOST_REPEATS = 2  # of the same three words; "no, no, no, no" is two
DOUBTFUL_NO_SPEECH = (0.4, 0.85)
"""Between these the cut window's word on whether anybody spoke is not taken. Seen there: 0.60 to
0.96 on noises of 14 kinds, 0.00 to 0.37 on 200 turns of speech, 6 dB of noise included."""

_WORD = re.compile(r"[\w'’]+")


def is_doubtful(no_speech_prob: float) -> bool:
    """Say whether the full window should be asked whether anybody spoke."""
    low, high = DOUBTFUL_NO_SPEECH
    return low < no_speech_prob < high


def is_believable(result: Any, seconds: float, most_tokens: int) -> bool:
    """Judge a decoding.

    Args:
        result: A ``whisper.DecodingResult``.
        seconds: Length of what was heard, padding left out.
        most_tokens: As many mean that it never came to an end.
    """
    words = _WORD.findall(result.text.lower())
    return (
        result.compression_ratio <= MOST_COMPRESSION
        and result.avg_logprob >= LEAST_LOGPROB
        and len(result.tokens) < most_tokens
        and len(words) <= FREE_WORDS + MOST_WORDS_PER_S * seconds
        and most_repeats(words) <= MOST_REPEATS
        and not says_twice(words)
    )


def most_repeats(words: Sequence[str]) -> int:
    """Return how often the commonest run of NGRAM words comes."""
    runs = Counter(zip(*(words[at:] for at in range(NGRAM)), strict=False))
    return max(runs.values(), default=0)


def says_twice(words: Sequence[str]) -> bool:
    """Say whether several words come twice in a row, as when a sentence begins again.

    People do say things twice; then the full window has them twice too.
    """
    return any(
        words[at : at + length] == words[at + length : at + 2 * length]
        and len(set(words[at : at + length])) > 1  # "no, no, no, no" is only emphatic
        for length in range(2, len(words) // 2 + 1)
        for at in range(len(words) - 2 * length + 1)
    )
