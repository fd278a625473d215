"""The trained scorer: one pass of a fine-tuned MiniLM splits a turn and labels its segments.

The network is an encoder with three heads. For every word, ``boundary`` says whether a new
segment starts there; a segment's mean token state, the whole text's state and a few features of
the source test then give 19 ``labels`` and 16 ``flags``. Because the split comes from the words'
states, it needs neither punctuation nor capitals.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from trainer import weights
from trainer.errors import ModelError
from trainer.labels import SCORED_ASKS
from trainer.scoring.evidence import milder_when_torn
from trainer.scoring.flags import LONG_ASK_WORDS, LONG_RUN_UP_WORDS
from trainer.scoring.turn_input import FEATURES, Row, features_of, rows_of
from trainer.types import Flag, Label, LabelledSegment, ManagerTurn, Segment

LABELS = tuple(Label)
FLAGS = tuple(Flag)
NAME = "minilm-1"
MODEL = "scorer"  # its entry in the manifest

MIXED = 384  # width of the layer both heads of a segment share
DROPOUT = 0.1
BATCH = 32  # rows in one pass
_STEP = 16
"""Rows are padded to a multiple of so many tokens, and only rows of one length share a batch: a
turn then gives the same bits beside any others, or alone. Seen on the CPU, on one thread."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Calibration:
    """What is read off the dev talks after training."""

    temperature: float
    boundary: float
    """Probability from which a word starts a segment."""
    flags: Mapping[Flag, float]
    """Probability from which a flag is put on."""

    @classmethod
    def read(cls, path: Path) -> Calibration:
        """Read it from its JSON file."""
        found = json.loads(path.read_text(encoding="utf-8"))
        flags = {Flag(name): float(least) for name, least in found["flags"].items()}
        return cls(float(found["temperature"]), float(found["boundary"]), flags)


class Judged(NamedTuple):
    """What the heads say about some segments."""

    logits: Floats
    """Shape (segments, 19)."""
    flags: Floats
    """Probabilities, shape (segments, 16)."""


def build_network(config: Path) -> Any:
    """Build the network without weights: a ``torch.nn.ModuleDict`` of the encoder and its heads.

    Args:
        config: The encoder's ``config.json``.
    """
    from torch import nn
    from transformers import BertConfig, BertModel

    bert = BertConfig.from_json_file(config)
    width = bert.hidden_size
    # Sequential, not a module of its own: the head is these layers and nothing else.
    mix = nn.Sequential(
        nn.Dropout(DROPOUT),
        nn.Linear(3 * width + FEATURES, MIXED),
        nn.GELU(),
        nn.Dropout(DROPOUT),
    )
    return nn.ModuleDict(
        {
            "encoder": BertModel(bert, add_pooling_layer=False),
            "boundary": nn.Linear(2 * width, 1),
            "mix": mix,
            "labels": nn.Linear(MIXED, len(LABELS)),
            "flags": nn.Linear(MIXED, len(FLAGS)),
        }
    )


def hidden_states(network: Any, rows: Sequence[Row]) -> Any:
    """Run the encoder over rows padded alike; shape (rows, tokens, width)."""
    import torch

    longest = max(_padded(row) for row in rows)
    ids, types, mask = (torch.zeros(len(rows), longest, dtype=torch.long) for _ in range(3))
    for at, row in enumerate(rows):
        size = len(row.ids)
        ids[at, :size] = torch.tensor(row.ids)
        types[at, :size] = torch.tensor(row.types)
        mask[at, :size] = 1
    encoded = network["encoder"](input_ids=ids, token_type_ids=types, attention_mask=mask)
    return encoded.last_hidden_state


def boundary_logits(network: Any, hidden: Any, row: Row) -> Any:
    """Say how likely each word of one row starts a segment, from its state and the word before.

    Args:
        network: From ``build_network``.
        hidden: The row's states, shape (tokens, width).
        row: Where its words lie.

    Returns:
        Shape (words,).
    """
    import torch

    first = torch.tensor([start for start, _ in row.spans])
    return network["boundary"](torch.cat([hidden[first], hidden[first - 1]], 1)).squeeze(1)


def pooled(hidden: Any, row: Row, cuts: Sequence[tuple[int, int]]) -> Any:
    """Put together what the heads read of each segment.

    Args:
        hidden: The row's states, shape (tokens, width).
        row: Where its words lie.
        cuts: First word and one past the last word of each segment.

    Returns:
        Shape (segments, 3 * width): the segment, the whole text, the context.
    """
    import torch

    words = [hidden[row.spans[a][0] : row.spans[b - 1][1]].mean(0) for a, b in cuts]
    segments = torch.stack(words)
    context = hidden[: row.spans[0][0]].mean(0)
    around = torch.cat([hidden[0], context]).expand(len(cuts), -1)
    return torch.cat([segments, around], 1)


def cuts_at(starts: Sequence[bool]) -> list[tuple[int, int]]:
    """Turn start marks, one a word, into segments; the first word always starts one."""
    at = [place for place, start in enumerate(starts) if start or place == 0]
    return list(zip(at, [*at[1:], len(starts)], strict=True))


class _Place(NamedTuple):
    """Which rows hold a turn."""

    turn: ManagerTurn
    words: list[str]
    rows: list[int]


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
        self, turns: Sequence[ManagerTurn], texts: Sequence[Sequence[str]] | None
    ) -> list[tuple[LabelledSegment, ...]]:
        rows: list[Row] = []
        places = []
        for turn in turns:
            words = turn.text.split()
            new = rows_of(self._tokenizer, turn, words)
            places.append(_Place(turn, words, list(range(len(rows), len(rows) + len(new)))))
            rows += new
        starts = None if texts is None else _given_starts(rows, places, texts)
        cuts, states = self._read(rows, starts)
        return self._judged(places, cuts, states)

    def _read(
        self, rows: Sequence[Row], given: Sequence[Sequence[bool]] | None
    ) -> tuple[list[list[tuple[int, int]]], list[Any]]:
        """Return each row's segments, as word ranges, and their pooled states."""
        cuts: list[list[tuple[int, int]]] = [[] for _ in rows]
        states: list[Any] = [None] * len(rows)
        least = float(np.log(self._calibration.boundary / (1 - self._calibration.boundary)))
        with self._torch.inference_mode():
            for batch in _alike(rows):
                hidden = hidden_states(self._network, [rows[at] for at in batch])
                for place, at in enumerate(batch):
                    if given is None:
                        logits = boundary_logits(self._network, hidden[place], rows[at])
                        starts = (logits >= least).tolist()
                    else:
                        starts = list(given[at])
                    cuts[at] = cuts_at(starts)
                    states[at] = pooled(hidden[place], rows[at], cuts[at])
        return cuts, states

    def _judged(
        self, places: Sequence[_Place], cuts: Sequence[list[tuple[int, int]]], states: Sequence[Any]
    ) -> list[tuple[LabelledSegment, ...]]:
        texts = [list(_texts(place, cuts)) for place in places]
        if not any(texts):
            return [() for _ in places]
        features = np.concatenate(
            [features_of(p.turn, each) for p, each in zip(places, texts, strict=True) if each]
        )
        with self._torch.inference_mode():
            seen = self._torch.cat([states[at] for place in places for at in place.rows])
            rows = self._torch.cat([seen, self._torch.from_numpy(features)], 1)
            # One at a time: in a product of another height a row may come out by a bit different.
            mixed = [self._network["mix"](row) for row in self._torch.split(rows, 1)]
            found = Judged(
                self._torch.cat([self._network["labels"](row) for row in mixed]).numpy(),
                self._torch.cat([self._network["flags"](row) for row in mixed]).sigmoid().numpy(),
            )
        probs = softmax(found.logits / self._calibration.temperature)
        answers, at = [], 0
        for each in texts:
            own = slice(at, at + len(each))
            answers.append(tuple(self._finished(each, probs[own], found.flags[own])))
            at += len(each)
        return answers

    def _finished(
        self, texts: Sequence[str], probs: NDArray[np.float64], marks: Floats
    ) -> Iterator[LabelledSegment]:
        run_up = 0
        for text, row, mark in zip(texts, probs, marks, strict=True):
            shares = dict(zip(LABELS, row.tolist(), strict=True))
            label = milder_when_torn(shares)
            least = self._calibration.flags
            flags = {flag for flag, p in zip(FLAGS, mark, strict=True) if p >= least[flag]}
            flags.discard(Flag.LONG)
            size = len(text.split())
            if label in SCORED_ASKS and (size > LONG_ASK_WORDS or run_up > LONG_RUN_UP_WORDS):
                flags.add(Flag.LONG)
            run_up += size
            yield LabelledSegment(Segment(text), label, frozenset(flags), shares)


def softmax(logits: Floats) -> NDArray[np.float64]:
    """Return probabilities along the last axis."""
    raised = np.exp(logits.astype(np.float64) - logits.max(-1, keepdims=True))
    shares: NDArray[np.float64] = raised / raised.sum(-1, keepdims=True)
    return shares


def _checked_folder() -> Path:
    for beside in weights.model(MODEL).beside:
        weights.file_of(MODEL, beside)
    return weights.file_of(MODEL).parent


def _padded(row: Row) -> int:
    return -(-len(row.ids) // _STEP) * _STEP


def _alike(rows: Sequence[Row]) -> Iterator[list[int]]:
    """Group rows that are padded to the same length."""
    batch: list[int] = []
    for at in sorted(range(len(rows)), key=lambda at: len(rows[at].ids)):
        longer = batch and _padded(rows[at]) > _padded(rows[batch[0]])
        if longer or len(batch) == BATCH:
            yield batch
            batch = []
        batch.append(at)
    if batch:
        yield batch


def _texts(place: _Place, cuts: Sequence[list[tuple[int, int]]]) -> Iterator[str]:
    start = 0
    for at in place.rows:
        for a, b in cuts[at]:
            yield " ".join(place.words[start + a : start + b])
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
