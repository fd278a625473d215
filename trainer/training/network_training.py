"""The training loop: joint loss over split, labels and flags, a checkpoint after every epoch."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from trainer import weights
from trainer.scoring.network import boundary_logits, build_network, hidden_states, pooled
from trainer.training.advice import ADVICE, SentenceDraw, read_sentences
from trainer.training.disturb import drawn_view
from trainer.training.examples import Example, Laid, lay_out, vocabulary_of
from trainer.training.marks import MarkDraw, read_marked


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train; the same plan on the same corpus gives the same weights."""

    epochs: int = 12
    batch: int = 16
    encoder_rate: float = 1.2e-4
    head_rate: float = 1e-3
    warm_up: float = 0.08
    """Share of the steps in which the rate rises."""
    decay: float = 0.01
    smoothing: float = 0.05
    boundary_weight: float = 0.5
    flag_weight: float = 1.5
    advice_weight: float = 0.3
    """Of the second task, telling advice from other sentences."""
    marks_weight: float = 0.3
    """Of the third task, telling questions from other sentences."""
    context_dropped: float = 0.3
    """Share of the turns whose context is not read: a threat is one whatever was said before."""
    averaged: float = 0.995
    """Share of the running average of the weights that stays at each step."""
    seed: int = 13


Parts = tuple[Any, Any, Any, Any]
"""The network, the average of its weights, the optimiser and its schedule."""


Draws = tuple[SentenceDraw, MarkDraw]
"""The other tasks: advice or not, question or not."""


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
        open_to = torch.tensor(laid.row.may_start)
        open_to[0] = False  # a row's first word starts a segment in any case
        starts.append(boundary_logits(network, hidden[place], laid.row)[open_to])
        mark = torch.zeros(len(laid.row.spans))
        mark[[first for first, _ in laid.cuts]] = 1.0
        marks.append(mark[open_to])
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
) -> list[list[Laid]]:
    """Draw a way of writing each turn, then batches of much the same length, in drawn order."""
    chance = np.random.default_rng((plan.seed, epoch))
    laid = []
    for at in chance.permutation(len(examples)):
        view, as_written = drawn_view(examples[at].words, chance, words)
        view = examples[at].words if as_written else view
        read = bool(chance.random() >= plan.context_dropped)
        laid.append(lay_out(tokenizer, examples[at], view, context=read))
    pool = 20 * plan.batch  # sorted by length inside a pool: little padding, still a random order
    batches = []
    for start in range(0, len(laid), pool):
        near = sorted(laid[start : start + pool], key=lambda each: len(each.row.ids))
        batches += [near[at : at + plan.batch] for at in range(0, len(near), plan.batch)]
    return [batches[at] for at in chance.permutation(len(batches))]


def fit(examples: Sequence[Example], plan: Plan, checkpoint: Path) -> tuple[Any, Any]:
    """Train from the untuned encoder, or go on from the checkpoint of an interrupted run.

    Args:
        examples: What to train on.
        plan: How.
        checkpoint: Where the state after each epoch lies; one of another plan is not used.

    Returns:
        The network, its weights averaged over the steps, and its tokenizer.
    """
    import torch

    torch.manual_seed(plan.seed)
    network, tokenizer = fresh_network()
    network[ADVICE] = torch.nn.Linear(network["encoder"].config.hidden_size, 1)
    sentences = read_sentences()
    marked = read_marked(tokenizer)
    draws = (SentenceDraw(sentences, tokenizer, plan.batch), MarkDraw(marked, plan.batch))
    average = _averaged(network, plan.averaged)
    steps = plan.epochs * -(-len(examples) // plan.batch)
    parts = (network, average, *_optimiser(network, plan, steps))
    key = {**asdict(plan), "examples": _fingerprint(examples), "sentences": len(sentences)}
    key["marked"] = len(marked)
    done = _resumed(checkpoint, key, parts)
    words = vocabulary_of(examples)
    network.train()
    for epoch in range(done, plan.epochs):
        torch.manual_seed(plan.seed + 1000 * epoch)  # so that a resumed run drops the same units
        batches = _batches(examples, tokenizer, plan, epoch, words)
        _pass(batches, draws, plan, epoch, parts)
        _keep(checkpoint, key, epoch + 1, parts)
    kept: Any = average.module
    del kept[ADVICE]
    kept.eval()
    return kept, tokenizer


def _averaged(network: Any, stays: float) -> Any:
    from torch.optim import swa_utils

    ema: Any = swa_utils.get_ema_multi_avg_fn
    return swa_utils.AveragedModel(network, multi_avg_fn=ema(stays))


def _pass(
    batches: Sequence[Sequence[Laid]], draws: Draws, plan: Plan, epoch: int, parts: Parts
) -> None:
    """Go once over the examples."""
    import torch
    from rich.progress import track

    network, average, optimiser, schedule = parts
    chance = np.random.default_rng((plan.seed, epoch, 1))
    advice, marks = draws
    for step, batch in enumerate(track(batches, f"epoch {epoch + 1} of {plan.epochs}")):
        of = losses(network, batch, plan.smoothing)
        loss = of.labels + plan.boundary_weight * of.boundary + plan.flag_weight * of.flags
        # Turn about: both in every step would take half as long again.
        if step % 2:
            if turns := marks.batch(chance):
                loss = loss + 2 * plan.marks_weight * marks.loss(network, turns)
        elif sentences := advice.batch(chance):
            loss = loss + 2 * plan.advice_weight * advice.loss(network, sentences)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        optimiser.zero_grad()
        average.update_parameters(network)


def _fingerprint(examples: Sequence[Example]) -> str:
    digest = hashlib.sha256()
    for each in examples:
        digest.update(repr((each.turn, each.words)).encode())
        digest.update(each.labels.tobytes() + each.flags.tobytes())
    return digest.hexdigest()


def _keep(path: Path, key: dict[str, Any], done: int, parts: Parts) -> None:
    import torch

    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.writing")
    torch.save({"key": key, "done": done, "parts": [each.state_dict() for each in parts]}, half)
    os.replace(half, path)  # an interruption leaves the old one or the new one, never a half


def _resumed(path: Path, key: dict[str, Any], parts: Parts) -> int:
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
