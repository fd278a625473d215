"""Time the trained scorer: one turn at a time, in bulk, and what it takes in memory.

    .venv/bin/python benchmarks/scoring.py

The turns are the frozen test's. The one-at-a-time loop calls the same network on one turn after
the other, as a plain transformers loop would. Only figures are printed.
"""

from __future__ import annotations

import resource
import statistics
import sys
import time

WARM_UP = 10
BULK = 4  # copies of the test's turns: enough to fill batches


def main() -> None:
    """Measure and print."""
    from trainer.scoring.classifier import TrainedClassifier
    from trainer.training.agreement import CORPUS
    from trainer.training.corpus import corpus_files, read_corpus
    from trainer.training.split import FILE, read_split

    split = read_split(read_corpus(corpus_files(CORPUS)), CORPUS / FILE)
    turns = [item.turn for talk in split.test for item in talk.turns]
    began = time.perf_counter()
    classifier = TrainedClassifier()
    print(f"loading                 {time.perf_counter() - began:8.2f} s")
    classifier.label(turns[:WARM_UP])
    single = []
    for turn in turns:
        began = time.perf_counter()
        classifier.label([turn])
        single.append(1000 * (time.perf_counter() - began))
    centiles = statistics.quantiles(single, n=100)
    print(f"one turn, median        {statistics.median(single):8.1f} ms")
    print(f"one turn, 95th centile  {centiles[94]:8.1f} ms")
    began = time.perf_counter()
    classifier.label(turns * BULK)
    bulk = len(turns) * BULK / (time.perf_counter() - began)
    loop = 1000 * len(single) / sum(single)
    print(f"one at a time           {loop:8.0f} turns a second")
    print(f"in bulk                 {bulk:8.0f} turns a second, {bulk / loop:.1f} times as many")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, kilobytes elsewhere
    print(f"memory at most          {peak * unit / 1e6:8.0f} MB")


if __name__ == "__main__":
    main()
