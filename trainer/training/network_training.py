"""The training loop: joint loss over split, labels and flags, a checkpoint after every epoch."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from trainer import weights
from trainer.scoring.classifier import boundary_logits, build_network, hidden_states, pooled
from trainer.training.disturb import drawn_view
from trainer.training.examples import Example, Laid, lay_out, vocabulary_of


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train; the same plan on the same corpus gives the same weights."""

    epochs: int = 8
    batch: int = 16
    encoder_rate: float = 1.2e-4
    head_rate: float = 1e-3
    warm_up: float = 0.08
    """Share of the steps in which the rate rises."""
    decay: float = 0.01
    smoothing: float = 0.03
    boundary_weight: float = 0.5
    flag_weight: float = 1.5
    seed: int = 11


class Losses(NamedTuple):
    """The three parts of a batch's loss, as tensors."""

    labels: Any
    boundary: Any
    flags: Any


def fresh_network() -> tuple[Any, Any]:
    """Return the untuned encoder with new heads, and its tokenizer.

    Raises:
        ModelError: The encoder's weights are missing or corrupt.
    """
    from safetensors.torch import load_file
    from transformers import AutoTokenizer

    path = weights.file_of("minilm")
    network = build_network(weights.file_of("minilm", "config"))
    found = {name: each for name, each in load_file(path).items() if "pooler" not in name}
    found.pop("embeddings.position_ids", None)
    network["encoder"].load_state_dict(found)
    return network, AutoTokenizer.from_pretrained(path.parent, local_files_only=True)


def losses(network: Any, batch: Sequence[Laid], smoothing: float) -> Losses:
    """Compute the loss of a batch: labels and flags a segment, boundaries a word."""
    import torch
    from torch.nn import functional

    with torch.autocast("cpu", torch.bfloat16):  # twice as fast where the processor has it
        hidden = hidden_states(network, [laid.row for laid in batch]).float()
    starts, marks, states = [], [], []
    for place, laid in enumerate(batch):
        starts.append(boundary_logits(network, hidden[place], laid.row)[1:])
        mark = torch.zeros(len(laid.row.spans))
        mark[[first for first, _ in laid.cuts]] = 1.0
        marks.append(mark[1:])
        features = torch.from_numpy(laid.features)
        states.append(torch.cat([pooled(hidden[place], laid.row, laid.cuts), features], 1))
    mixed = network["mix"](torch.cat(states))
    labels = torch.from_numpy(np.concatenate([laid.labels for laid in batch]))
    flags = torch.from_numpy(np.concatenate([laid.flags for laid in batch]))
    return Losses(
        functional.cross_entropy(network["labels"](mixed), labels, label_smoothing=smoothing),
        functional.binary_cross_entropy_with_logits(torch.cat(starts), torch.cat(marks)),
        functional.binary_cross_entropy_with_logits(network["flags"](mixed), flags),
    )


def _optimiser(network: Any, plan: Plan, steps: int) -> tuple[Any, Any]:
    import torch

    encoder = network["encoder"]
    # Most words of the vocabulary are never seen here: tuning a few would part them from the rest.
    encoder.embeddings.word_embeddings.weight.requires_grad_(False)
    heads = [p for name, part in network.items() if name != "encoder" for p in part.parameters()]
    groups = [
        {"params": [p for p in encoder.parameters() if p.requires_grad], "lr": plan.encoder_rate},
        {"params": heads, "lr": plan.head_rate},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=plan.decay)
    rising = max(1, int(steps * plan.warm_up))

    def rate(step: int) -> float:
        return min((step + 1) / rising, max(0.0, (steps - step) / max(1, steps - rising)))

    return optimiser, torch.optim.lr_scheduler.LambdaLR(optimiser, rate)


def _batches(
    examples: Sequence[Example], tokenizer: Any, plan: Plan, epoch: int, words: Sequence[str]
) -> Iterator[list[Laid]]:
    """Draw a way of writing each turn, then batches of much the same length, in drawn order."""
    chance = np.random.default_rng((plan.seed, epoch))
    laid = []
    for at in chance.permutation(len(examples)):
        view, as_written = drawn_view(examples[at].words, chance, words)
        laid.append(lay_out(tokenizer, examples[at], examples[at].words if as_written else view))
    pool = 20 * plan.batch  # sorted by length inside a pool: little padding, still a random order
    batches = []
    for start in range(0, len(laid), pool):
        near = sorted(laid[start : start + pool], key=lambda each: len(each.row.ids))
        batches += [near[at : at + plan.batch] for at in range(0, len(near), plan.batch)]
    for at in chance.permutation(len(batches)):
        yield batches[at]


def fit(examples: Sequence[Example], plan: Plan, checkpoint: Path) -> tuple[Any, Any]:
    """Train from the untuned encoder, or go on from the checkpoint of an interrupted run.

    Args:
        examples: What to train on.
        plan: How.
        checkpoint: Where the state after each epoch lies; one of another plan is not used.

    Returns:
        The network and its tokenizer.
    """
    import torch
    from rich.progress import track

    torch.manual_seed(plan.seed)
    network, tokenizer = fresh_network()
    steps = plan.epochs * -(-len(examples) // plan.batch)
    optimiser, schedule = _optimiser(network, plan, steps)
    key = {**asdict(plan), "examples": _fingerprint(examples)}
    done = _resumed(checkpoint, key, (network, optimiser, schedule))
    words = vocabulary_of(examples)
    network.train()
    for epoch in range(done, plan.epochs):
        torch.manual_seed(plan.seed + 1000 * epoch)  # so that a resumed run drops the same units
        total = -(-len(examples) // plan.batch)
        batches = _batches(examples, tokenizer, plan, epoch, words)
        told = f"epoch {epoch + 1} of {plan.epochs}"
        for batch in track(batches, told, total):
            parts = losses(network, batch, plan.smoothing)
            loss = (
                parts.labels
                + plan.boundary_weight * parts.boundary
                + plan.flag_weight * parts.flags
            )
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            optimiser.zero_grad()
        _keep(checkpoint, key, epoch + 1, (network, optimiser, schedule))
    network.eval()
    return network, tokenizer


def _fingerprint(examples: Sequence[Example]) -> str:
    digest = hashlib.sha256()
    for each in examples:
        digest.update(repr((each.turn, each.words)).encode())
        digest.update(each.labels.tobytes() + each.flags.tobytes())
    return digest.hexdigest()


def _keep(path: Path, key: dict[str, Any], done: int, parts: tuple[Any, Any, Any]) -> None:
    import torch

    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.writing")
    torch.save({"key": key, "done": done, "parts": [each.state_dict() for each in parts]}, half)
    os.replace(half, path)  # an interruption leaves the old one or the new one, never a half


def _resumed(path: Path, key: dict[str, Any], parts: tuple[Any, Any, Any]) -> int:
    """Take up a checkpoint of the same plan; return how many epochs it has done."""
    import torch

    if not path.is_file():
        return 0
    state = torch.load(path, weights_only=True)
    if state["key"] != key:
        return 0
    for part, saved in zip(parts, state["parts"], strict=True):
        part.load_state_dict(saved)
    return int(state["done"])
