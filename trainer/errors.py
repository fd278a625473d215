"""Every error the trainer raises on purpose, in one tree.

::

    TrainerError               a person can mend it; its text is the one line they see
    ├── UsageError             wrong argument, unknown scenario or voice
    ├── InputError             a file that cannot be used: where, found, expected, what to do
    │   ├── AudioInputError    not audio, empty, too long
    │   └── ScenarioError      a scenario file, with path:line:column
    ├── MissingExtraError      an optional package is not installed; names the pip line
    ├── ModelError             weights missing, corrupt or not the pinned ones
    ├── DeviceError            no microphone or speaker, or it went away
    │   └── LostWhileListening in audio/listen.py: it went away mid-turn; carries what was said
    └── StorageError           the session cannot be written: read-only, full

Texts never contain what a manager said.
"""

from __future__ import annotations


class TrainerError(Exception):
    """Root of the tree; the message is one line and says what to do."""


class UsageError(TrainerError):
    """The command was called with something that does not exist."""


class InputError(TrainerError):
    """A file from outside cannot be used."""


class AudioInputError(InputError):
    """A recording cannot be used."""


class ScenarioError(InputError):
    """A scenario file is wrong; the message starts with path:line:column."""


class MissingExtraError(TrainerError):
    """An optional package is not installed."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(
            f"{what} needs the optional extra '{extra}', which is not installed: "
            f"run pip install 'practice-trainer[{extra}]'"
        )


class ModelError(TrainerError):
    """Model weights are missing, corrupt, or not the pinned ones."""


class DeviceError(TrainerError):
    """A microphone or speaker is missing or has gone away."""


class StorageError(TrainerError):
    """A session cannot be written."""
