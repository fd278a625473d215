"""Every test runs with its own user folders and without the network's environment."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

REAL_CACHE = os.environ.get("TRAINER_CACHE")


@pytest.fixture(autouse=True)
def own_user_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[None]:
    monkeypatch.setenv("TRAINER_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("TRAINER_SCENARIOS", raising=False)
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    # Joined weights are large and checked by hash, so tests that need them share the real cache.
    if not any(request.node.get_closest_marker(m) for m in ("model", "speech", "mic", "slow")):
        monkeypatch.setenv("TRAINER_CACHE", str(tmp_path / "cache"))
    yield
