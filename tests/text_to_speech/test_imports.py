"""Speech packages are imported when an engine is built, never before."""

from __future__ import annotations

import subprocess
import sys

HEAVY = (
    "piper",
    "kokoro_onnx",
    "phonemizer",
    "pyttsx3",
    "onnxruntime",
    "soundfile",
    "soxr",
    "torch",
)


def test_importing_every_engines_module_imports_no_speech_package() -> None:
    program = (
        "import sys\n"
        "import trainer.text_to_speech.cache, trainer.text_to_speech.choose\n"
        "import trainer.text_to_speech.fake, trainer.text_to_speech.pyttsx3_child\n"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    shown = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=30, check=True
    )
    assert shown.stdout.strip() == "[]"
