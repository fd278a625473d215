"""The names of voices: one small grammar for all engines.

::

    name[:weight][+name[:weight]…][~semitones][@speed]

    joe                      a voice as it is
    joe~-2                   two semitones lower, with the sound of a bigger person
    jf_alpha@0.95            a little slower
    jf_alpha+jm_kumo         half of each (Kokoro mixes styles; espeak-ng adds a variant, en-us+f3)
    jf_alpha:0.7+jm_kumo:0.3~+1@1.05

Weights are proportions: ``2+1`` and ``0.67+0.33`` say the same.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from trainer.errors import UsageError

SEMITONES = 5.0  # shifted further than this, either way, a voice no longer sounds like a person
SLOWEST, FASTEST = 0.7, 1.4  # times the voice's own speed
MOST_LISTED = 12  # voices named in one error line; espeak-ng has over a hundred

_FORM = re.compile(
    r"(?P<blend>[^~@]+)"
    r"(?:~(?P<semitones>[+-]?\d+(?:\.\d+)?))?"
    r"(?:@(?P<speed>\d+(?:\.\d+)?))?"
)
_SHARE = re.compile(r"(?P<voice>[^:]+?)(?::(?P<weight>\d+(?:\.\d+)?))?")
_GRAMMAR = "name[:weight][+name…][~semitones][@speed], for example joe~+2 or jf_alpha+jm_kumo@0.95"


class Share(NamedTuple):
    """One voice of a blend and its part of the whole, above 0 and at most 1."""

    voice: str
    part: float


@dataclass(frozen=True, slots=True)
class VoiceName:
    """A voice name taken apart; the parts of the blend sum to 1."""

    blend: tuple[Share, ...]
    semitones: float = 0.0
    speed: float = 1.0

    @property
    def pitch_ratio(self) -> float:
        """How many times higher than the engine's own voice this one sounds."""
        return float(2.0 ** (self.semitones / 12.0))

    @property
    def engine_speed(self) -> float:
        """The speed to synthesise at, so that the shift of pitch leaves the wanted speed."""
        return self.speed / self.pitch_ratio


def parse(name: str) -> VoiceName:
    """Take a voice name apart.

    Raises:
        UsageError: The name does not follow the grammar, or asks for too much.
    """
    form = _FORM.fullmatch(name.strip())
    if form is None:
        raise UsageError(f"voice '{name}' is not of the form {_GRAMMAR}")
    semitones = float(form["semitones"] or 0.0)
    speed = float(form["speed"] or 1.0)
    if abs(semitones) > SEMITONES:
        raise UsageError(
            f"voice '{name}': ~{form['semitones']} is too far, "
            f"keep between ~-{SEMITONES:g} and ~+{SEMITONES:g} semitones"
        )
    if not SLOWEST <= speed <= FASTEST:
        raise UsageError(
            f"voice '{name}': @{form['speed']} is no speed to speak at, "
            f"keep between @{SLOWEST:g} and @{FASTEST:g}"
        )
    return VoiceName(_blend(name, form["blend"]), semitones, speed)


def _blend(name: str, text: str) -> tuple[Share, ...]:
    found = [_SHARE.fullmatch(part.strip()) for part in text.split("+")]
    shares = [match for match in found if match is not None]
    if len(shares) < len(found):
        raise UsageError(f"voice '{name}' is not of the form {_GRAMMAR}")
    if len({match["weight"] is None for match in shares}) > 1:
        raise UsageError(f"voice '{name}': give every voice of a blend a weight, or none")
    voices = [match["voice"] for match in shares]
    if len(set(voices)) < len(voices):
        raise UsageError(f"voice '{name}' names the same voice twice")
    weights = [float(match["weight"] or 1.0) for match in shares]
    if any(match["weight"] and float(match["weight"]) == 0 for match in shares):
        raise UsageError(f"voice '{name}': a weight of 0 adds nothing, leave that voice out")
    return tuple(
        Share(voice, weight / sum(weights)) for voice, weight in zip(voices, weights, strict=True)
    )


def require(voice: str, known: Sequence[str], engine: str) -> None:
    """Check that an engine knows a voice by its plain name.

    Raises:
        UsageError: It does not; the message lists the voices, the likeliest first.
    """
    if voice in known:
        return
    near = difflib.get_close_matches(voice, known, n=1, cutoff=0.5)
    listed = ", ".join(known[:MOST_LISTED])
    more = f" and {len(known) - MOST_LISTED} more" if len(known) > MOST_LISTED else ""
    hint = f", did you mean {near[0]}?" if near else ";"
    raise UsageError(f"{engine} has no voice '{voice}'{hint} there are {listed}{more}")
