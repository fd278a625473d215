"""Rebuild ``models/scorer`` from the corpus: train, calibrate on the dev talks, save."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from trainer import paths, weights
from trainer.scoring.classifier import NAME
from trainer.scoring.turn_input import FLAGS
from trainer.training.agreement import CORPUS
from trainer.training.calibrate import calibrate
from trainer.training.corpus import corpus_files, read_corpus
from trainer.training.examples import examples_of
from trainer.training.network_training import Plan, fit
from trainer.training.second_pass import FILE as SECOND_PASS
from trainer.training.second_pass import read_second_pass
from trainer.training.split import FILE as SPLIT
from trainer.training.split import freeze, read_split

SCORER = paths.PROJECT / "models" / "scorer"
BESIDE = ("config.json", "tokenizer.json", "tokenizer_config.json", "calibration.json")


def train(
    *,
    plan: Plan | None = None,
    folder: Path = SCORER,
    corpus: Path = CORPUS,
    share: float = 1.0,
    threads: int | None = None,
) -> float:
    """Train, calibrate and save; an interrupted run goes on at its last whole epoch.

    Args:
        plan: How to train.
        folder: Where the model is written.
        corpus: Where the labelled talks lie.
        share: Of the training talks, for a learning curve.
        threads: Processor threads; None leaves it to torch.

    Returns:
        Seconds it took, without what an interrupted run had done.

    Raises:
        InputError: The corpus is damaged, or its test talks are not the frozen ones.
        ModelError: The untuned encoder is missing.
    """
    import torch

    began = time.monotonic()
    plan = plan or Plan()
    if threads:
        torch.set_num_threads(threads)
    talks = read_corpus(corpus_files(corpus))
    second = read_second_pass(corpus / SECOND_PASS)
    if not (corpus / SPLIT).is_file():
        freeze(talks, corpus / SPLIT)
    split = read_split(talks, corpus / SPLIT)
    # The ids' order is by writer; every n-th keeps the writers' shares.
    kept = [t for at, t in enumerate(split.train) if int((at + 1) * share) > int(at * share)]
    network, tokenizer = fit(examples_of(kept, second), plan, checkpoint_of(folder))
    found = calibrate(network, tokenizer, examples_of(split.dev, second), seed=plan.seed)
    save(network, tokenizer, folder)
    flags = {flag.value: round(least, 3) for flag, least in zip(FLAGS, found.flags, strict=True)}
    calibration = {
        "name": NAME,
        "marked": asdict(found.marked),
        "bare": asdict(found.bare),
        "flags": flags,
        "plan": asdict(plan),
    }
    _write_json(folder / "calibration.json", calibration)
    checkpoint_of(folder).unlink(missing_ok=True)
    return time.monotonic() - began


def checkpoint_of(folder: Path) -> Path:
    """Return where the checkpoint for a model folder lies: in the user's cache."""
    name = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:12]
    return paths.cache_dir() / "training" / f"{name}.pt"


def save(network: Any, tokenizer: Any, folder: Path) -> None:
    """Write weights (fp16), configuration and tokenizer."""
    from safetensors.torch import save_file

    folder.mkdir(parents=True, exist_ok=True)
    halves = {name: each.half().contiguous() for name, each in network.state_dict().items()}
    save_file(halves, folder / "model.safetensors", metadata={"format": "pt"})
    tokenizer.save_pretrained(folder)
    shutil.copyfile(weights.file_of("minilm", "config"), folder / "config.json")


def _write_json(path: Path, content: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def pin(folder: Path = SCORER, manifest: Path | None = None) -> None:
    """Write the model's hashes into the manifest, in place of those that stand there."""
    manifest = manifest or paths.manifest_path()
    text = re.sub(r"\n*\[scorer\].*", "", manifest.read_text(encoding="utf-8"), flags=re.DOTALL)
    manifest.write_text(text.rstrip() + "\n\n" + _entry(folder), encoding="utf-8")


def _entry(folder: Path) -> str:
    model = folder / "model.safetensors"
    lines = [
        "[scorer]",
        'task = "scoring"',
        'package = "models"',
        f'version = "{NAME.rpartition("-")[2]}"',
        'parts = ["scorer/model.safetensors"]',
        f'sha256 = "{_sha256(model)}"',
        'source = "all-MiniLM-L6-v2 fine-tuned on models/corpus (trainer train)"',
        'licence = "Apache-2.0 (encoder); the corpus is the project\'s own"',
        f"bytes = {model.stat().st_size}",
        "[scorer.beside]",
    ]
    for name in _present(folder, BESIDE):
        key = name.removesuffix(".json")
        lines.append(f'{key} = {{ part = "scorer/{name}", sha256 = "{_sha256(folder / name)}" }}')
    return "\n".join(lines) + "\n"


def _present(folder: Path, names: Sequence[str]) -> list[str]:
    return [name for name in names if (folder / name).is_file()]


def _sha256(path: Path) -> str:
    return weights.sha256_of([path])
