"""How to read the trained network's heads: what was found on the dev talks after training."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from trainer.types import Flag

_MARKS = frozenset(".?!,;:")


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read the heads on one kind of text."""

    temperature: float
    boundary: float
    """Probability from which a word starts a segment."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """What is read off the dev talks after training."""

    marked: Reading
    """For text with punctuation."""
    bare: Reading
    """For text without."""
    flags: Mapping[Flag, float]
    """Share from which a flag is put on."""

    @classmethod
    def read(cls, path: Path) -> Calibration:
        """Read it from its JSON file."""
        found = json.loads(path.read_text(encoding="utf-8"))
        flags = {Flag(name): float(least) for name, least in found["flags"].items()}
        return cls(Reading(**found["marked"]), Reading(**found["bare"]), flags)

    def of(self, text: str) -> Reading:
        """Choose by whether the text has a mark that ends a clause."""
        return self.marked if any(mark in text for mark in _MARKS) else self.bare
