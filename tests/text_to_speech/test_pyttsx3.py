"""pyttsx3's voices on each system, and a speech process that fails in every way."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from trainer.errors import ModelError, UsageError
from trainer.text_to_speech import pyttsx3, voice_name
from trainer.text_to_speech.pyttsx3 import Pyttsx3TextToSpeech, SystemVoice

LINE = "Honestly, the renewal is stuck."

LINUX = Pyttsx3TextToSpeech(
    [
        SystemVoice("gmw/de", "German", "Male", "de"),
        SystemVoice("gmw/en", "English (Great Britain)", "Male", "en-gb"),
        SystemVoice("gmw/en-us", "English (America)", "Male", "en-us"),
    ],
    "espeak",
    "1",
)
MAC = Pyttsx3TextToSpeech(
    [
        SystemVoice("com.apple.voice.compact.fr-FR.Amelie", "Amélie", "VoiceGenderFemale", "en-US"),
        SystemVoice(
            "com.apple.voice.compact.en-US.Samantha", "Samantha", "VoiceGenderFemale", "en-US"
        ),
    ],
    "nsss",
    "1",
)
TOKENS = r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Speech\Voices\Tokens"
WINDOWS = Pyttsx3TextToSpeech(
    [
        SystemVoice(
            rf"{TOKENS}\TTS_MS_EN-US_DAVID_11.0", "Microsoft David Desktop", "Male", "en-US"
        ),
        SystemVoice(
            rf"{TOKENS}\TTS_MS_EN-US_ZIRA_11.0", "Microsoft Zira Desktop", "Female", "en-US"
        ),
    ],
    "sapi5",
    "1",
)


@pytest.mark.parametrize(
    ("system", "voice", "system_id"),
    [
        (LINUX, "en-us", "gmw/en-us"),
        (LINUX, "gmw/en-us", "gmw/en-us"),
        (LINUX, "English (America)", "gmw/en-us"),
        (LINUX, "en-us+f3", "gmw/en-us+f3"),
        (LINUX, "en-gb", "gmw/en"),
        (LINUX, "en-gb+f3", "gmw/en+f3"),
        (LINUX, "en-us+m2~-1@0.9", "gmw/en-us+m2"),
        (LINUX, "male", "gmw/en-us+m3"),
        (LINUX, "female@1.1", "gmw/en-us+f2"),
        (MAC, "female", "com.apple.voice.compact.en-US.Samantha"),
        (MAC, "Samantha", "com.apple.voice.compact.en-US.Samantha"),
        (WINDOWS, "female", rf"{TOKENS}\TTS_MS_EN-US_ZIRA_11.0"),
        (WINDOWS, "TTS_MS_EN-US_DAVID_11.0", rf"{TOKENS}\TTS_MS_EN-US_DAVID_11.0"),
        (WINDOWS, "Microsoft David Desktop", rf"{TOKENS}\TTS_MS_EN-US_DAVID_11.0"),
    ],
)
def test_a_voice_is_found_by_id_short_name_or_kind(
    system: Pyttsx3TextToSpeech, voice: str, system_id: str
) -> None:
    assert system._system_id(voice_name.parse(voice)) == system_id


@pytest.mark.parametrize(
    ("system", "voice", "complaint"),
    [
        (LINUX, "en-uz", "pyttsx3 has no voice 'en-uz', did you mean en-us\\? there are male, fem"),
        (LINUX, "en-us+x1", "espeak-ng, after a \\+, has no voice 'x1'"),
        (LINUX, "en-us+gmw/de", "espeak-ng, after a \\+, has no voice 'gmw/de'"),
        (LINUX, "en-us+f1+f2", "cannot blend voices"),
        (LINUX, "en-us:0.9+f1:0.1", "cannot blend voices"),
        (LINUX, "female+m1", "cannot blend voices"),
        (WINDOWS, "TTS_MS_EN-US_DAVID_11.0+f1", "cannot blend voices"),
        (MAC, "male", "this system has no male voice; there are com.apple.*Samantha"),
    ],
)
def test_a_voice_that_is_not_there_is_refused(
    system: Pyttsx3TextToSpeech, voice: str, complaint: str
) -> None:
    with pytest.raises(UsageError, match=complaint):
        system._system_id(voice_name.parse(voice))


def test_english_voices_are_listed_first() -> None:
    assert LINUX.voices() == ("male", "female", "en", "en-us", "de")


def child_that(body: str, folder: Path) -> str:
    (folder / "stand_in.py").write_text(f"import json, os, sys, time\n{body}\n")
    return "stand_in"


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("time.sleep(60)", r"pyttsx3 gave no answer \(TimeoutExpired\)"),
        ("os.abort()", r"pyttsx3 gave no answer \(JSONDecodeError\)"),
        ("sys.exit('Traceback: ' + sys.stdin.read())", r"gave no answer \(JSONDecodeError\)"),
        ("print(json.dumps({'error': 'no sound'}))", r"pyttsx3 made no sound \(no sound\)"),
        ("print(json.dumps({'error': 'ValueError'}))", r"pyttsx3 made no sound \(ValueError\)"),
        ("print(json.dumps({'done': True}))", "pyttsx3 wrote a file that is not audio"),
    ],
)
def test_a_failing_speech_process_gives_one_clear_line_without_the_words(
    body: str,
    complaint: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(pyttsx3, "_CHILD", child_that(body, tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(pyttsx3, "_START_S", 0.0)
    monkeypatch.setattr(pyttsx3, "_LIMIT_S", 1.0)
    monkeypatch.setattr(pyttsx3, "_LIMIT_S_PER_CHARACTER", 0.0)
    with pytest.raises(ModelError, match=complaint) as caught:
        LINUX.synthesise(LINE, "en-us")
    assert "renewal" not in repr(caught.value)
    assert caught.value.__cause__ is None or "renewal" not in repr(caught.value.__cause__)
    assert capfd.readouterr() == ("", "")


def test_a_machine_without_espeak_is_told_the_package_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in = child_that("print(json.dumps({'error': 'no driver'}))", tmp_path)
    monkeypatch.setattr(pyttsx3, "_CHILD", stand_in)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "linux")
    with pytest.raises(ModelError, match="run apt install libespeak-ng1"):
        Pyttsx3TextToSpeech.load()


NO_LIBRARY = """
import ctypes, sys
class Nothing(ctypes.LibraryLoader):
    def LoadLibrary(self, name):
        raise OSError("not there")
ctypes.cdll = Nothing(ctypes.CDLL)
from trainer.text_to_speech import pyttsx3_child
sys.argv = ["child"]
pyttsx3_child.main()
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="espeak-ng is Linux's driver")
def test_the_speech_process_notices_that_the_library_is_missing() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", NO_LIBRARY],
        input=json.dumps({"op": "voices"}).encode(),
        capture_output=True,
        timeout=30,
        check=False,
    )
    answer: dict[str, Any] = json.loads(ended.stdout)
    assert answer == {"error": "no driver"}
    assert ended.stderr == b""
