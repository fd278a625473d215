"""Where the project's own files and the user's files lie."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

APP = "practice-trainer"
PROJECT = Path(__file__).resolve().parent.parent
"""The checkout: scenarios/ and models/ lie here."""


def scenarios_dir() -> Path:
    """Return the folder scenarios are read from: TRAINER_SCENARIOS, or the project's own."""
    return Path(os.environ.get("TRAINER_SCENARIOS") or PROJECT / "scenarios")


def manifest_path() -> Path:
    """Return the list of pinned models."""
    return PROJECT / "models" / "manifest.toml"


def data_dir() -> Path:
    """Return the user's folder for sessions: TRAINER_DATA, or the platform's own place."""
    return Path(os.environ.get("TRAINER_DATA") or platformdirs.user_data_dir(APP))


def cache_dir() -> Path:
    """Return the user's folder for what can be made again: TRAINER_CACHE, or the platform's."""
    return Path(os.environ.get("TRAINER_CACHE") or platformdirs.user_cache_dir(APP))
