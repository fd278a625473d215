"""How far the writers and the blind second pass agree, per label and per flag.

python -m trainer.training.agreement [CORPUS_FOLDER]
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Hashable, Sequence
from pathlib import Path

from trainer.labels import group_of
from trainer.paths import PROJECT
from trainer.training.corpus import corpus_files, read_corpus
from trainer.training.second_pass import FILE, SecondLabel, Twice, labelled_twice, read_second_pass
from trainer.types import Flag, Group, Label, LabelledSegment

CORPUS = PROJECT / "models" / "corpus"


def kappa(first: Sequence[Hashable], second: Sequence[Hashable]) -> float:
    """Return Cohen's kappa; 0 where chance alone would agree always."""
    size = len(first)
    if not size:
        return 0.0
    agreed = sum(a == b for a, b in zip(first, second, strict=True)) / size
    one, other = Counter(first), Counter(second)
    chance = sum(one[each] * other[each] for each in one) / size**2
    return (agreed - chance) / (1 - chance) if chance < 1 else 0.0


def of_label(pairs: Sequence[Twice], label: Label) -> float:
    """Return the kappa of one label against the rest."""
    return kappa([p.writer.label is label for p in pairs], [p.blind.label is label for p in pairs])


def of_flag(pairs: Sequence[Twice], flag: Flag) -> float:
    """Return the kappa of one flag."""
    return kappa([flag in p.writer.flags for p in pairs], [flag in p.blind.flags for p in pairs])


def group(labelled: SecondLabel) -> Group:
    """Return the headline group of a label with its flags."""
    return group_of(LabelledSegment.certain("", labelled.label, *labelled.flags))


def report(pairs: Sequence[Twice]) -> str:
    """Write the agreement out as a table."""
    labels = kappa([p.writer.label for p in pairs], [p.blind.label for p in pairs])
    groups = kappa([group(p.writer) for p in pairs], [group(p.blind) for p in pairs])
    lines = [
        f"{len(pairs)} segments labelled twice; kappa {labels:.3f} over 19 labels, "
        f"{groups:.3f} over 7 groups",
        f"{'':20}{'writer':>8}{'blind':>8}{'kappa':>8}",
    ]
    for label in Label:
        one = sum(p.writer.label is label for p in pairs)
        other = sum(p.blind.label is label for p in pairs)
        lines.append(f"{label.value:20}{one:8}{other:8}{of_label(pairs, label):8.3f}")
    for flag in Flag:
        one = sum(flag in p.writer.flags for p in pairs)
        other = sum(flag in p.blind.flags for p in pairs)
        lines.append(f"+{flag.value:19}{one:8}{other:8}{of_flag(pairs, flag):8.3f}")
    split = Counter((p.writer.label, p.blind.label) for p in pairs)
    lines.append("most frequent disagreements (writer, blind):")
    apart = [(pair, n) for pair, n in split.most_common() if pair[0] is not pair[1]]
    lines += [f"  {n:4}  {one.value}, {other.value}" for (one, other), n in apart[:12]]
    return "\n".join(lines)


def main() -> None:
    """Print the table for the corpus of this checkout, or of the folder named."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else CORPUS
    talks = read_corpus(corpus_files(folder))
    print(report(labelled_twice(talks, read_second_pass(folder / FILE))))


if __name__ == "__main__":
    main()
