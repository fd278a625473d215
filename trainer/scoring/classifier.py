"""The trained scorer: one pass of a fine-tuned MiniLM splits a turn and labels its segments.

Because the split comes from the words' states (``network``), it needs neither punctuation nor
capitals. The rules are asked about the same segments and have a part in the answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from trainer import weights
from trainer.errors import ModelError
from trainer.labels import SCORED_ASKS
from trainer.scoring.calibration import Calibration, Reading
from trainer.scoring.evidence import milder_when_torn
from trainer.scoring.filler import without_filler
from trainer.scoring.flags import LONG_ASK_WORDS, LONG_RUN_UP_WORDS
from trainer.scoring.network import (
    Floats,
    boundary_logits,
    build_network,
    cuts_at,
    hidden_states,
    padded,
    pooled,
    softmax,
)
from trainer.scoring.turn_input import (
    FLAGS,
    LABELS,
    Opinion,
    Row,
    features_of,
    opinion_of,
    rows_of,
)
from trainer.types import Flag, Label, LabelledSegment, ManagerTurn, Segment

NAME = "minilm-3"
MODEL = "scorer"  # its entry in the manifest

BATCH = 32  # rows in one pass
RULES_SAY = 0.3
"""The rules' part in the labels' and flags' shares. Chosen on talks of writers that the network had
not been trained on: what it learnt of some writers' habits does not carry over, the rubric does."""
SHARPENED = 1.5
"""Power of the mixed shares: where the rules do not know a wording, a third of the score would hang
on what they guess, and two ways of saying one thing would score differently."""

_NEVER = frozenset({Flag.LONG})  # counted, not guessed
_OF_THEIR_WORDS = frozenset({Flag.UPTAKE, Flag.THEIRS, Flag.ASKED})
"""Flags that nothing can earn before the salesperson has said a word."""
_WITH_LEAVE = frozenset({Label.ADVICE, Label.STORY})


class _Place(NamedTuple):
    """Which rows hold a turn."""

    turn: ManagerTurn
    """What is left of it without the filler at its ends."""
    before: str
    after: str
    """That filler."""
    rows: list[int]
    reading: Reading


class TrainedClassifier:
    """Labels turns by the fine-tuned network, deterministically; no network access."""

    name = NAME

    def __init__(self, folder: Path | None = None) -> None:
        """Load the weights.

        Args:
            folder: Where they lie; by default the pinned ones of ``models/scorer``, checked.

        Raises:
            ModelError: The weights are missing, corrupt, or cannot be read.
        """
        import torch
        from safetensors.torch import load_file
        from transformers import AutoTokenizer

        folder = folder or _checked_folder()
        self._torch = torch
        try:
            self._tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
            self._network = build_network(folder / "config.json")
            halves = load_file(folder / "model.safetensors")
            self._network.load_state_dict({name: each.float() for name, each in halves.items()})
            self._calibration = Calibration.read(folder / "calibration.json")
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise ModelError(
                f"model '{MODEL}' in {folder} cannot be loaded ({type(error).__name__}); "
                "run trainer models verify"
            ) from error
        self._network.eval()

    def label(self, turns: Sequence[ManagerTurn]) -> list[tuple[LabelledSegment, ...]]:
        """Split and label each turn; a turn without words gives an empty tuple."""
        return self._label(turns, None)

    def label_segments(
        self, turn: ManagerTurn, texts: Sequence[str]
    ) -> tuple[LabelledSegment, ...]:
        """Label a turn whose segments are given, one label a text; for measuring.

        Args:
            turn: The turn with its context.
            texts: Its segments in order; joined with spaces they are the turn.
        """
        return self.label_given([turn], [texts])[0]

    def label_given(
        self, turns: Sequence[ManagerTurn], texts: Sequence[Sequence[str]]
    ) -> list[tuple[LabelledSegment, ...]]:
        """Label turns whose segments are given, in one batch; for measuring."""
        return self._label(turns, texts)

    def _label(
        self, turns: Sequence[ManagerTurn], given: Sequence[Sequence[str]] | None
    ) -> list[tuple[LabelledSegment, ...]]:
        rows: list[Row] = []
        places = []
        for turn in turns:
            before, core, after = (
                without_filler(turn.text) if given is None else ("", turn.text, "")
            )
            words = core.split()
            kept = replace(turn, text=" ".join(words))
            new = rows_of(self._tokenizer, kept, words)
            at = list(range(len(rows), len(rows) + len(new)))
            places.append(_Place(kept, before, after, at, self._calibration.of(core)))
            rows += new
        starts = None if given is None else _given_starts(rows, places, given)
        cuts, states = self._read(rows, places, starts)
        return self._judged(places, cuts, states)

    def _read(
        self,
        rows: Sequence[Row],
        places: Sequence[_Place],
        given: Sequence[Sequence[bool]] | None,
    ) -> tuple[list[list[tuple[int, int]]], list[Any]]:
        """Return each row's segments, as word ranges, and their pooled states."""
        cuts: list[list[tuple[int, int]]] = [[] for _ in rows]
        states: list[Any] = [None] * len(rows)
        least = [place.reading.boundary for place in places for _ in place.rows]
        with self._torch.inference_mode():
            for batch in _alike(rows):
                hidden = hidden_states(self._network, [rows[at] for at in batch])
                for place, at in enumerate(batch):
                    if given is None:
                        shares = boundary_logits(self._network, hidden[place], rows[at]).sigmoid()
                        sure = (shares >= least[at]).tolist()
                        starts = [a and b for a, b in zip(sure, rows[at].may_start, strict=True)]
                    else:
                        starts = list(given[at])
                    cuts[at] = cuts_at(starts)
                    states[at] = pooled(hidden[place], rows[at], cuts[at])
        return cuts, states

    def _judged(
        self, places: Sequence[_Place], cuts: Sequence[list[tuple[int, int]]], states: Sequence[Any]
    ) -> list[tuple[LabelledSegment, ...]]:
        texts = [list(_texts(place, cuts)) for place in places]
        answers = []
        for place, each in zip(places, texts, strict=True):
            found: list[LabelledSegment] = []
            if each:
                opinion = opinion_of(place.turn, each)
                features = features_of(place.turn, each, opinion)
                seen = self._torch.cat([states[at] for at in place.rows])
                logits, flags = self._heads(seen, features)
                shares = softmax(logits / place.reading.temperature)
                said = sharpened(mixed(shares, flags, opinion))
                found = list(self._finished(place.turn, each, said))
            ends = [LabelledSegment.certain(text, Label.SOCIAL) for text in place[1:3] if text]
            at = 1 if place.before else 0
            answers.append((*ends[:at], *found, *ends[at:]))
        return answers

    def _heads(self, seen: Any, features: Floats) -> tuple[Floats, Floats]:
        """Return the logits of the labels and the probabilities of the flags."""
        with self._torch.inference_mode():
            rows = self._torch.cat([seen, self._torch.from_numpy(features)], 1)
            # One at a time: in a product of another height a row may come out by a bit different.
            hidden = [self._network["mix"](row) for row in self._torch.split(rows, 1)]
            return (
                self._torch.cat([self._network["labels"](row) for row in hidden]).numpy(),
                self._torch.cat([self._network["flags"](row) for row in hidden]).sigmoid().numpy(),
            )

    def _finished(
        self, turn: ManagerTurn, texts: Sequence[str], shares: Opinion
    ) -> Iterator[LabelledSegment]:
        run_up = 0
        for text, row, marks in zip(texts, shares.shares, shares.flags, strict=True):
            probs = dict(zip(LABELS, row.tolist(), strict=True))
            label = milder_when_torn(probs)
            least = self._calibration.flags
            flags = {flag for flag, p in zip(FLAGS, marks, strict=True) if p >= least[flag]}
            flags -= _NEVER if turn.said_before or turn.earlier else _NEVER | _OF_THEIR_WORDS
            if turn.licensed and label in _WITH_LEAVE:
                flags.add(Flag.LICENSED)  # a fact of the talk, not something to be heard in words
            size = len(text.split())
            if label in SCORED_ASKS and (size > LONG_ASK_WORDS or run_up > LONG_RUN_UP_WORDS):
                flags.add(Flag.LONG)
            run_up += size
            yield LabelledSegment(Segment(text), label, frozenset(flags), probs)


def mixed(shares: NDArray[np.float64], flags: Floats, rules: Opinion) -> Opinion:
    """Give the rules their part in what the network says.

    Args:
        shares: The network's probabilities, shape (segments, 19).
        flags: The network's probabilities of the flags, shape (segments, 16).
        rules: The rules' opinion on the same segments.
    """
    said = rules.shares.astype(np.float64)
    return Opinion(
        (1 - RULES_SAY) * shares + RULES_SAY * said / said.sum(1, keepdims=True),
        (1 - RULES_SAY) * flags + RULES_SAY * rules.flags,
    )


def sharpened(found: Opinion) -> Opinion:
    """Give the likelier labels more of the share and leave the flags."""
    shares = found.shares**SHARPENED
    return Opinion(shares / shares.sum(1, keepdims=True), found.flags)


def _checked_folder() -> Path:
    for beside in weights.model(MODEL).beside:
        weights.file_of(MODEL, beside)
    return weights.file_of(MODEL).parent


def _alike(rows: Sequence[Row]) -> Iterator[list[int]]:
    """Group rows that are padded to the same length."""
    batch: list[int] = []
    for at in sorted(range(len(rows)), key=lambda at: len(rows[at].ids)):
        longer = batch and padded(rows[at]) > padded(rows[batch[0]])
        if longer or len(batch) == BATCH:
            yield batch
            batch = []
        batch.append(at)
    if batch:
        yield batch


def _texts(place: _Place, cuts: Sequence[list[tuple[int, int]]]) -> Iterator[str]:
    words = place.turn.text.split()
    start = 0
    for at in place.rows:
        for a, b in cuts[at]:
            yield " ".join(words[start + a : start + b])
        start += cuts[at][-1][1]


def _given_starts(
    rows: Sequence[Row], places: Sequence[_Place], texts: Sequence[Sequence[str]]
) -> list[list[bool]]:
    """Mark the words that start the given segments, one list a row."""
    marks: list[list[bool]] = [[] for _ in rows]
    for place, given in zip(places, texts, strict=True):
        flat = [at == 0 for text in given for at, _ in enumerate(text.split())]
        start = 0
        for at in place.rows:
            size = len(rows[at].spans)
            marks[at] = flat[start : start + size]
            start += size
    return marks
