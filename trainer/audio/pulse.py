"""What PulseAudio (or PipeWire in its place) does behind PortAudio's back on Linux.

When a microphone is unplugged PulseAudio moves the stream to whatever source is left, without an
error, and with no microphone at all it opens one all the same: the monitor of the speaker. The
trainer would then listen to its own voice. PortAudio cannot see it, so the server is asked.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from typing import Literal

_ANSWER_S = 2.0  # a server that takes longer is left alone: the check is a help, not a condition


def hears_itself() -> bool:
    """Say whether this process records the speaker's monitor instead of a microphone.

    False where that is not known, and where PULSE_SOURCE says that it is wanted.
    """
    pactl = shutil.which("pactl")
    if pactl is None or os.environ.get("PULSE_SOURCE"):
        return False
    outputs = _ask(pactl, "list", "source-outputs")
    used = sources_used(outputs, os.getpid())
    if not used:
        return False
    sources = _ask(pactl, "list", "short", "sources")
    names = dict(line.split("\t")[:2] for line in sources.splitlines() if "\t" in line)
    return any(names.get(each, "").endswith(".monitor") for each in used)


def default_name(what: Literal["source", "sink"]) -> str | None:
    """Return the name of the microphone or speaker that is the default now; None if not known."""
    pactl = shutil.which("pactl")
    return (_ask(pactl, f"get-default-{what}").strip() or None) if pactl else None


def sources_used(source_outputs: str, process: int) -> frozenset[str]:
    """Return the numbers of the sources a process records, from pactl's long listing."""
    found = set()
    for entry in re.split(r"^Source Output #", source_outputs, flags=re.MULTILINE):
        source = re.search(r"^\s*Source: (\d+)$", entry, flags=re.MULTILINE)
        if source and f'application.process.id = "{process}"' in entry:
            found.add(source[1])
    return frozenset(found)


def _ask(pactl: str, *question: str) -> str:
    try:
        done = subprocess.run(
            [pactl, *question],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_ANSWER_S,
            env={**os.environ, "LC_ALL": "C"},  # the listing is translated otherwise
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout
