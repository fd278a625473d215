"""The part of `trainer doctor` that listens and speaks."""

from __future__ import annotations

import click

from trainer.errors import DeviceError
from trainer.types import AudioClip, DuplexMode

SPOKEN = (
    "This is how I will sound. I am saying a few sentences, so that I can tell how much of my own "
    "voice comes back to your microphone, and how late. Please say nothing until I am done."
)


def _ask(line: str) -> None:
    click.echo(f"      {line}", err=True)


class SoundCheck:
    """Looks at one microphone and one speaker; each method returns one line.

    Args:
        microphone: A part of its name or its number; None for the one used last, or the default.
        speaker: Likewise.
    """

    def __init__(self, microphone: str | None, speaker: str | None) -> None:
        self._asked = (microphone, speaker)
        self._said: AudioClip | None = None

    def devices(self) -> str:
        """List what there is, and remember what was asked for."""
        from trainer.audio import remembered
        from trainer.audio.devices import find_device, list_devices

        if any(self._asked):
            find_device(self._asked[0], "microphone")
            find_device(self._asked[1], "speaker")
            remembered.remember_choice(remembered.choice(*self._asked))
        found = list_devices()
        microphones = [f"{each.index} '{each.name}'" for each in found if each.input_channels]
        speakers = [f"{each.index} '{each.name}'" for each in found if each.output_channels]
        return (
            f"microphones: {', '.join(microphones) or 'none'}; "
            f"speakers: {', '.join(speakers) or 'none'}"
        )

    def microphone(self, *, listen: bool) -> str:
        """Record three seconds and judge their level."""
        from trainer.audio import remembered
        from trainer.audio.desk_check import judge_level, record
        from trainer.audio.devices import find_device
        from trainer.audio.microphone import Microphone
        from trainer.audio.voice_activity import SileroVoiceActivity

        name = remembered.choice(*self._asked).microphone
        device = find_device(name, "microphone")
        where = f"{device.index} '{device.name}' at {device.rate_hz} Hz"
        if not listen:
            return where
        voice = SileroVoiceActivity()
        with Microphone(name) as source:
            _ask("Say a sentence now; three seconds are recorded.")
            self._said = record(source)
        level = judge_level(self._said, voice)
        if level.trouble is not None:
            raise DeviceError(f"{where} {level.trouble}")
        if not level.spoke:
            return f"{where}; nobody spoke, the room is at {level.loudest_dbfs:.0f} dB"
        return f"{where}; your voice comes in well, at {level.loudest_dbfs:.0f} dB"

    def speaker(self, *, play: bool) -> str:
        """Play what was recorded."""
        from trainer.audio import remembered
        from trainer.audio.devices import find_device
        from trainer.audio.speaker import Speaker

        name = remembered.choice(*self._asked).speaker
        device = find_device(name, "speaker")
        where = f"{device.index} '{device.name}' at {device.rate_hz} Hz"
        if not play or self._said is None:
            return where
        _ask("This is what was recorded.")
        Speaker(name).play(self._said)
        return f"{where}; what was recorded was played back"

    def echo(self) -> str:
        """Play a few sentences, measure what comes back, and remember what suits this desk."""
        from trainer.audio import remembered
        from trainer.audio.desk_check import hears_itself, measure_path
        from trainer.audio.duplex import Duplex
        from trainer.build import turn_detector
        from trainer.text_to_speech.choose import default_engine, load

        chosen = remembered.choice(*self._asked)
        engine = load(default_engine().engine)
        clip = engine.synthesise(SPOKEN, engine.voices()[0])
        detector = turn_detector()
        _ask("Now listen, and say nothing; it is said twice.")
        path = measure_path(chosen.microphone, chosen.speaker, clip)
        delay_s = path.delay_s or 0.0
        with Duplex(chosen.microphone, chosen.speaker, delay_s=delay_s) as device:
            itself = hears_itself(device, detector, clip)
        mode = DuplexMode.HALF if itself else DuplexMode.OPEN
        remembered.remember_finding(
            chosen, remembered.Finding(mode, round(delay_s, 3), _rounded(path.returned_db))
        )
        if path.returned_db is None:
            came = "nothing of what is played comes back (headphones?)"
        else:
            came = f"{path.returned_db:.0f} dB of what is played come back, {delay_s:.2f} s later"
        if itself:
            return (
                f"{came}: half-duplex, since the trainer hears itself here or somebody spoke "
                "meanwhile; turn the speaker down or use headphones to be able to interrupt"
            )
        return f"{came}: open microphone, you can interrupt"


def _rounded(decibels: float | None) -> float | None:
    return None if decibels is None else round(decibels, 1)
