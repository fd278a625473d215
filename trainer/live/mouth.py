"""Where the salesperson's lines go: a speaker, a folder of files, or nowhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from trainer.audio.wav import write_clip
from trainer.protocols import AudioSink, TextToSpeech
from trainer.types import AudioClip, Feedback, Reply


class SpokenMouth:
    """Speaks each line with a voice into a sink."""

    is_speaking = False

    def __init__(
        self,
        speech: TextToSpeech,
        voice: str,
        sink: AudioSink,
        *,
        stop: Callable[[], bool] | None = None,
    ) -> None:
        """Choose voice and sink.

        Args:
            speech: The engine.
            voice: One of its voices.
            sink: Where it is played.
            stop: Asked while playing; true skips the rest of the reply.
        """
        self._speech = speech
        self._voice = voice
        self._sink = sink
        self._stop = stop

    def say(self, reply: Reply, feedback: Feedback | None = None) -> None:
        """Speak a reply line by line; skipping one skips the rest."""
        for line in reply.lines:
            clip = self._speech.synthesise(line.text, self._voice)
            if self._sink.play(clip, stop=self._stop) < clip.duration_s - 0.05:
                return


class SilentMouth:
    """Speaks nothing; records what it was given."""

    is_speaking = False

    def __init__(self) -> None:
        self.said: list[str] = []

    def say(self, reply: Reply, feedback: Feedback | None = None) -> None:
        """Take note of the reply."""
        self.said.append(reply.text)


class FolderSink:
    """A sink that keeps what is played as numbered files, for talks without a sound card."""

    def __init__(self, folder: Path, name: str = "salesperson") -> None:
        """Play into a folder; it is made when the first clip comes."""
        self._folder = folder
        self._name = name
        self.played: list[Path] = []

    def play(self, clip: AudioClip, *, stop: Callable[[], bool] | None = None) -> float:
        """Write the clip and return its whole length."""
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{len(self.played) + 1:03d}-{self._name}.wav"
        write_clip(path, clip)
        self.played.append(path)
        return clip.duration_s
