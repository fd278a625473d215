"""Speech to text by openai-whisper, on the carried weights or on that library's own downloads."""

from __future__ import annotations

import os
import socket
import threading
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPException
from typing import Any, Self

import numpy as np

from trainer.audio.wav import LONGEST_TURN_S, resample
from trainer.errors import AudioInputError, ModelError, UsageError
from trainer.speech_to_text import carrier
from trainer.speech_to_text.arithmetic import Arithmetic, of_this_processor
from trainer.speech_to_text.decoded import Decoded, Gap, is_silent, unwritten, was_said, windows
from trainer.speech_to_text.greedy import draft_tokens
from trainer.speech_to_text.heard_again import without_heard_again
from trainer.speech_to_text.listening import SAMPLES_PER_FRAME, ListeningModel
from trainer.speech_to_text.quick_decoder import QuickDecoder, QuickEncoder
from trainer.speech_to_text.sureness import transcript_of
from trainer.types import MODEL_RATE_HZ, AudioClip, Confidence, Samples, Segment, Transcript

MODEL_NAMES = (
    *("tiny.en", "tiny", "base.en", "base", "small.en", "small", "medium.en", "medium"),
    *("large-v1", "large-v2", "large-v3", "large", "large-v3-turbo", "turbo"),
)
"""Every model openai-whisper can load by name; those in ``carrier.CARRIED`` need no network."""

DOWNLOAD_TIMEOUT_S = 10.0  # without a byte from the other side
MOST_THREADS = 4  # more gain nothing on base
MOST_PROMPT_TOKENS = 200  # Whisper takes 223; beyond, it would drop the first names, not the last
_SEED = 0  # Whisper samples at random when its first try is poor


class WhisperSpeechToText:
    """Whisper on the CPU; the same clip always gives the same transcript on the same machine."""

    def __init__(self, model: Any, name: str, arithmetic: Arithmetic | None = None) -> None:
        """Take a loaded openai-whisper model; ``load`` is the usual way in.

        Args:
            model: From ``whisper.load_model``, on the CPU.
            name: The model's name.
            arithmetic: None tries out what is fast on this processor.
        """
        self.name = f"whisper-{name}"
        self._model = model
        arithmetic = of_this_processor() if arithmetic is None else arithmetic
        self._encoder = QuickEncoder(model, arithmetic)
        self._decoder = QuickDecoder(model, arithmetic)
        # Whisper hangs its key-value cache on the model while it decodes.
        self._one_at_a_time = threading.Lock()

    @classmethod
    def load(cls, name: str = "base", *, threads: int | None = None) -> Self:
        """Load a model by its openai-whisper name.

        Args:
            name: ``base`` and ``tiny.en`` are installed; any other is downloaded once.
            threads: CPU threads for the whole process; None takes the cores there are but one,
                up to MOST_THREADS, and leaves alone what OMP_NUM_THREADS says.

        Raises:
            UsageError: openai-whisper has no such model.
            ModelError: Weights are missing, corrupt, or cannot be downloaded.
        """
        if name not in MODEL_NAMES:
            raise UsageError(
                f"there is no Whisper model '{name}'; there are {', '.join(carrier.CARRIED)}, "
                "which are installed, and by download "
                f"{', '.join(known for known in MODEL_NAMES if known not in carrier.CARRIED)}"
            )
        import torch
        import whisper

        if threads is None and "OMP_NUM_THREADS" not in os.environ:
            # One core is for the microphone and the voice: threads that share theirs with others
            # wait for each other at every step, which takes many times as long as one thread.
            threads = max(1, min(MOST_THREADS, _usable_cores() - 1))
        if threads is not None:
            torch.set_num_threads(threads)
        # Meant: the transcripts must not depend on whether a machine has a graphics card.
        warnings.filterwarnings("ignore", "Performing inference on CPU when CUDA is available")
        if name in carrier.CARRIED:
            return cls(whisper.load_model(str(carrier.checkpoint(name)), device="cpu"), name)
        return cls(_downloaded(name), name)

    def transcribe(
        self,
        clip: AudioClip,
        *,
        language: str = "en",
        prompt: str = "",
        draft: Transcript | None = None,
    ) -> Transcript:
        """Transcribe a clip; without speech in it the transcript has no segments.

        Args:
            clip: One turn, at any sample rate.
            language: ISO 639-1 code; never guessed.
            prompt: Names and terms likely to occur, separated by commas, most likely first.
            draft: What was heard of the beginning of the clip, to save time.

        Raises:
            UsageError: The model does not know the language.
            AudioInputError: The clip is too long for one turn, or is not made of numbers.
        """
        self._check_language(language)
        _check_clip(clip)
        if is_silent(clip.samples):
            return Transcript((), language, self.name)
        samples = resample(clip, MODEL_RATE_HZ).samples
        tokens = () if draft is None else draft_tokens(draft, self._tokenizer(language))
        decoded = self._decode(samples, language, self._spoken_prompt(prompt, language), tokens)
        said = [_segment(each, clip.duration_s) for each in decoded if was_said(each)]
        return transcript_of(said, language, self.name)

    def _decode(
        self, samples: Samples, language: str, prompt: str | None, draft: Sequence[int]
    ) -> list[Decoded]:
        """Let Whisper write down samples at MODEL_RATE_HZ: all decoding happens below here."""
        decoded: list[Decoded] = []
        for number, stretch in enumerate(windows(samples)):
            first = draft if number == 0 else ()
            decoded += self._written(samples, language, prompt, stretch, first)
        tried: set[float] = set()
        while gaps := [g for g in unwritten(samples, decoded) if g.start_s not in tried]:
            tried.add(gaps[0].start_s)
            found = self._written(samples, language, prompt, gaps[0])
            decoded += without_heard_again(found, decoded, gaps[0])
            decoded.sort(key=lambda each: each.start_s)
        return decoded

    def _written(
        self,
        samples: Samples,
        language: str,
        prompt: str | None,
        stretch: Gap,
        draft: Sequence[int] = (),
    ) -> list[Decoded]:
        """Run openai-whisper over one stretch of the samples."""
        import torch
        import whisper

        # whisper.transcribe never ends when asked for more than the whole frames there are.
        last_s = len(samples) // SAMPLES_PER_FRAME * SAMPLES_PER_FRAME / MODEL_RATE_HZ
        with self._one_at_a_time, torch.random.fork_rng(devices=[]):
            torch.manual_seed(_SEED)
            result = whisper.transcribe(
                ListeningModel(self._model, self._encoder, self._decoder, draft),
                samples.copy(),  # torch warns about memory it may not write to
                language=language,
                fp16=False,
                clip_timestamps=[stretch.start_s, min(stretch.end_s, last_s)],
                initial_prompt=prompt,
                # In a turn of more than 30 s the names are worth more than the words before: those
                # are what makes Whisper fall into repeating itself.
                carry_initial_prompt=prompt is not None,
                condition_on_previous_text=False,
            )
        return [
            Decoded(
                text=each["text"].strip(),
                start_s=float(each["start"]),
                end_s=float(each["end"]),
                no_speech_prob=float(each["no_speech_prob"]),
                avg_logprob=float(each["avg_logprob"]),
                compression_ratio=float(each["compression_ratio"]),
            )
            for each in result["segments"]
        ]

    def _check_language(self, language: str) -> None:
        from whisper.tokenizer import LANGUAGES

        if not self._model.is_multilingual:
            if language != "en":
                raise UsageError(
                    f"{self.name} knows English only and the talk is in '{language}'; "
                    "choose base or another model without .en"
                )
        elif language not in list(LANGUAGES)[: self._model.num_languages]:
            raise UsageError(
                f"{self.name} knows no language '{language}'; give its ISO 639-1 code, "
                "such as en, de or fr"
            )

    def _tokenizer(self, language: str) -> Any:
        from whisper.tokenizer import get_tokenizer

        return get_tokenizer(
            self._model.is_multilingual,
            num_languages=self._model.num_languages,
            language=language,
        )

    def _spoken_prompt(self, prompt: str, language: str) -> str | None:
        """Put names and terms into a sentence, as many of the first as Whisper has room for."""
        encode = self._tokenizer(language).encode
        terms = [term for part in prompt.split(",") if (term := " ".join(part.split()))]
        while terms:
            # Whisper goes on in the style of its prompt. A bare list makes it write lists, names
            # in silence above all; a sentence makes it write sentences with their question marks.
            listed = ", ".join(terms)
            sentence = (
                f"A talk between colleagues about {listed}." if language == "en" else f"{listed}."
            )
            if len(encode(f" {sentence}")) <= MOST_PROMPT_TOKENS:
                return sentence
            terms.pop()
        return None


def _usable_cores() -> int:
    if hasattr(os, "sched_getaffinity"):  # not on macOS or Windows
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _check_clip(clip: AudioClip) -> None:
    # Longer would not break Whisper but is a whole talk given as one turn: half an hour of
    # waiting, a gigabyte of spectrogram, and a score that means nothing.
    if clip.duration_s > LONGEST_TURN_S:
        raise AudioInputError(
            f"the recording lasts {clip.duration_s / 60:.1f} minutes, expected at most "
            f"{LONGEST_TURN_S / 60:g} for one turn; cut it into turns"
        )
    if not np.isfinite(clip.samples).all():
        raise AudioInputError(
            "the recording has samples that are not numbers (NaN or infinite); record it again"
        )


def _segment(decoded: Decoded, duration_s: float) -> Segment:
    start_s = min(max(decoded.start_s, 0.0), duration_s)  # Whisper rounds past the clip's end
    return Segment(
        decoded.text,
        start_s,
        min(max(decoded.end_s, start_s), duration_s),
        Confidence(decoded.no_speech_prob, decoded.avg_logprob, decoded.compression_ratio),
    )


def _downloaded(name: str) -> Any:
    import whisper

    try:
        with _socket_timeout(DOWNLOAD_TIMEOUT_S):
            return whisper.load_model(name, device="cpu")
    except (OSError, HTTPException, RuntimeError) as error:
        raise ModelError(
            f"Whisper model '{name}' is not on this machine and cannot be downloaded "
            f"({getattr(error, 'reason', error)}); connect to the network and try again, "
            f"or choose {' or '.join(carrier.CARRIED)}, which are installed"
        ) from error


@contextmanager
def _socket_timeout(seconds: float) -> Iterator[None]:
    # openai-whisper sets no timeout of its own: without one, a dead network hangs it for ever.
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(seconds)
    try:
        yield
    finally:
        socket.setdefaulttimeout(before)
