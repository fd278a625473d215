"""Measure how well two wordings of a step are told to be the same, on pairs written for it.

    .venv/bin/python benchmarks/same_idea.py

The different pairs are hard on purpose: nearly all share people, places or verbs. The peer is
the plain cosine of both wordings. "Unrelated" pairs every wording with those of other matters.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

PAIRS = Path(__file__).parent / "data" / "same_idea.txt"


def main() -> None:
    """Measure and print."""
    from trainer.build import sentence_encoder
    from trainer.same_idea import SAME_IDEA, nearness

    lines = PAIRS.read_text(encoding="utf-8").splitlines()
    rows = [line.split(" | ") for line in lines if line and not line.startswith("#")]
    same = np.array([kind == "same" for kind, _, _ in rows])
    some, others = [one for _, one, _ in rows], [other for _, _, other in rows]
    encoder = sentence_encoder()
    plain = encoder.encode(some) @ encoder.encode(others).T
    ours = nearness(encoder, some, others)
    unrelated = np.array([[a != b for b in some] for a in some])
    print(f"{same.sum()} pairs that are the same, {(~same).sum()} that are not")
    for name, near in (("plain cosine", plain), ("bare ideas and acts", ours)):
        print(f"\n{name:22} found  false  false, unrelated  right")
        for least in (0.5, SAME_IDEA, 0.62, 0.68):
            says = np.diag(near) >= least
            print(
                f"  from {least:.2f}{'':13} {says[same].mean():4.0%}  {says[~same].mean():5.0%}  "
                f"{(near[unrelated] >= least).mean():15.2%}  {(says == same).mean():5.0%}"
            )


if __name__ == "__main__":
    main()
