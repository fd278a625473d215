"""The process in which pyttsx3 speaks one line into a file: one JSON request in, one answer out.

pyttsx3 can hang, crash with its C library, print, and return before the file is written. In a
process of its own, none of that reaches the talk, and the parent can put an end to it. The line
comes by standard input, never as an argument, where other users of the machine could read it.

Requests and answers::

    {"op": "voices"}                        {"voices": [VOICE], "driver", "core"}
    {"op": "say", "text", "voice", "rate", "path", "limit_s"}                      {"done": true}
                                            {"error": "no driver" | "no sound" | <exception type>}

with VOICE = {"id", "name", "gender", "language"}.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import threading
from collections.abc import Mapping
from typing import Any


def answer(request: Mapping[str, Any]) -> dict[str, Any]:
    """Do what is asked; errors are named by their type only, for their texts may quote the line."""
    try:
        import pyttsx3

        engine = pyttsx3.init()
    except Exception:  # each platform's driver fails with its own kind
        return {"error": "no driver"}
    try:
        return _voices(engine) if request["op"] == "voices" else _say(engine, request)
    except Exception as error:
        return {"error": type(error).__name__}


def _voices(engine: Any) -> dict[str, Any]:
    voices = [
        {
            "id": str(each.id),
            "name": str(each.name or ""),
            "gender": str(each.gender or ""),
            "language": str((each.languages or [""])[0]),
        }
        for each in engine.getProperty("voices")
    ]
    return {"voices": voices, "driver": str(engine), "core": _core(str(engine))}


def _core(driver: str) -> str:
    """Return the version of what does the speaking: espeak-ng's own, or the system's."""
    if driver == "espeak":
        import ctypes

        from pyttsx3.drivers import _espeak

        info = _espeak.dll.espeak_Info
        info.restype, info.argtypes = ctypes.c_char_p, [ctypes.c_void_p]
        return str(info(None).decode("ascii", "replace"))
    import platform

    return platform.release()


def _say(engine: Any, request: Mapping[str, Any]) -> dict[str, Any]:
    finished = threading.Event()
    engine.connect("finished-utterance", lambda **_: finished.set())
    engine.setProperty("voice", request["voice"])
    engine.setProperty("rate", request["rate"])
    engine.save_to_file(request["text"], request["path"])
    engine.runAndWait()
    # The espeak driver's loop ends at once and its own thread writes the file later.
    if str(engine) == "espeak" and not finished.wait(request["limit_s"]):
        return {"error": "no sound"}
    written = os.path.exists(request["path"]) and os.path.getsize(request["path"])
    return {"done": True} if written else {"error": "no sound"}


def main() -> None:
    """Answer the request on standard input, with the packages' own chatter thrown away."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    request = json.loads(sys.stdin.buffer.read())
    with contextlib.closing(out):
        json.dump(answer(request), out)
    # espeak-ng's thread can crash while the interpreter shuts down; the answer is out by now.
    os._exit(0)


if __name__ == "__main__":
    main()
