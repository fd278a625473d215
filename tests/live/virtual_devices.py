"""A private sound server with a virtual speaker and microphone, for tests without hardware.

::

    say(clip) ─► mic_feed ─► microphone ─► the trainer ─► speaker ─► heard(...)

The server has its own XDG_RUNTIME_DIR, so it meets neither the user's sound server nor that of a
test beside it, and it needs no dbus and no login session. ``environment`` is what a child process
needs to find it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from trainer.audio.wav import read_clip, write_clip
from trainer.types import AudioClip

NEEDED = ("pulseaudio", "pactl", "paplay", "parec")
START_S = 10.0  # the server answers within one second; a loaded machine gets more
COMMAND_S = 30.0
_PROMPT = "norewinds=1"  # a null sink otherwise renders two seconds ahead and starts that late
_SERVER_VARIABLES = ("XDG_RUNTIME_DIR", "PULSE_SERVER", "PULSE_COOKIE")


def missing_programs() -> tuple[str, ...]:
    """Return what this machine lacks, by program name."""
    return tuple(each for each in NEEDED if shutil.which(each) is None)


def need_sound_server() -> None:
    """Skip a test where PulseAudio is not installed; in CI that is a failure."""
    missing = missing_programs()
    if missing:
        reason = f"{', '.join(missing)} missing: apt install pulseaudio pulseaudio-utils"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)


@dataclass(slots=True)
class VirtualDevices:
    """A running sound server with speaker, mic_feed and microphone."""

    folder: Path
    environment: dict[str, str]
    modules: dict[str, str] = field(default_factory=dict)
    """Number of each loaded module, by device name."""
    players: list[subprocess.Popen[bytes]] = field(default_factory=list)
    """What says something, and may still do."""

    def pactl(self, *arguments: str) -> str:
        """Give the server an order and return its answer."""
        done = subprocess.run(
            ["pactl", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=COMMAND_S,
        )
        if done.returncode:
            raise RuntimeError(f"pactl {' '.join(arguments)}: {done.stderr.strip()}")
        return done.stdout.strip()

    def plug_in_speaker(self) -> None:
        """Add the virtual speaker and make it the default."""
        self._load("speaker", "module-null-sink", "sink_name=speaker", _PROMPT)
        self.pactl("set-default-sink", "speaker")

    def plug_in_microphone(self) -> None:
        """Add the virtual microphone with its feed and make it the default."""
        self._load("mic_feed", "module-null-sink", "sink_name=mic_feed", _PROMPT)
        self._load(
            "microphone",
            "module-remap-source",
            "master=mic_feed.monitor",
            "source_name=microphone",
        )
        self.pactl("set-default-source", "microphone")

    def loop_back(self, *, latency_ms: int = 60, volume: str = "50%") -> None:
        """Let the microphone hear the speaker, as an open laptop does."""
        number = self._load(
            "loopback",
            "module-loopback",
            "source=speaker.monitor",
            "sink=mic_feed",
            f"latency_msec={latency_ms}",
        )
        inputs = self.pactl("list", "short", "sink-inputs").splitlines()
        if inputs:
            self.pactl("set-sink-input-volume", inputs[-1].split()[0], volume)
        self.modules["loopback"] = number

    def _load(self, name: str, *arguments: str) -> str:
        self.modules[name] = self.pactl("load-module", *arguments)
        return self.modules[name]

    def unplug(self, name: str) -> None:
        """Take a device away: ``microphone``, ``mic_feed`` or ``speaker``."""
        self.pactl("unload-module", self.modules.pop(name))

    def suspend_microphone(self, suspended: bool = True) -> None:
        """Stop the microphone's sound without taking it away, or let it go on."""
        self.pactl("suspend-source", "microphone", str(int(suspended)))

    def say(self, clip: AudioClip) -> subprocess.Popen[bytes]:
        """Play a clip into the microphone in the background; ``wait()`` until it has been said."""
        path = Path(tempfile.mkstemp(suffix=".wav", dir=self.folder)[1])
        write_clip(path, clip)
        player = subprocess.Popen(
            ["paplay", "--device=mic_feed", str(path)],
            env=self.environment,
            stderr=subprocess.DEVNULL,
        )
        self.players.append(player)
        return player

    @contextmanager
    def recording(self, source: str = "speaker.monitor") -> Iterator[Recording]:
        """Record a source while the block runs; the clip is there when it is left."""
        path = Path(tempfile.mkstemp(suffix=".wav", dir=self.folder)[1])
        command = ["parec", f"--device={source}", "--file-format=wav", "--rate=16000"]
        recorder = subprocess.Popen(
            [*command, "--channels=1", "--latency-msec=20", str(path)], env=self.environment
        )
        result = Recording(path)
        try:
            self._await_recorder(path)
            yield result
            time.sleep(0.3)  # what is still on its way through the server
        finally:
            _end(recorder)
        result.clip = read_clip(path)

    def _await_recorder(self, path: Path) -> None:
        deadline = time.monotonic() + START_S
        while path.stat().st_size < 1000:
            if time.monotonic() > deadline:
                raise RuntimeError("parec did not begin to record")
            time.sleep(0.02)


@dataclass(slots=True)
class Recording:
    """What a source gave; ``clip`` is there once the recording has ended."""

    path: Path
    clip: AudioClip | None = None


@contextmanager
def sound_server() -> Iterator[VirtualDevices]:
    """Run a private sound server with nothing plugged in."""
    folder = Path(tempfile.mkdtemp(prefix="trainer-sound-"))
    folder.chmod(0o700)
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("PULSE_", "DBUS_"))}
    environment = {
        **inherited,
        "XDG_RUNTIME_DIR": str(folder),
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder),
        "PULSE_SERVER": f"unix:{folder}/pulse/native",
        "PULSE_COOKIE": str(folder / "cookie"),
    }
    log = (folder / "server.log").open("wb")
    server = subprocess.Popen(
        [
            "pulseaudio",
            "-n",  # no system modules: no hardware, no dbus, nothing that suspends idle devices
            "--daemonize=no",
            "--exit-idle-time=-1",
            "--disallow-exit=no",
            "--load=module-native-protocol-unix auth-anonymous=1",
        ],
        env={k: v for k, v in environment.items() if k != "PULSE_SERVER"},
        stdout=log,
        stderr=log,
    )
    log.close()
    devices = VirtualDevices(folder, environment)
    try:
        _await_server(devices, server)
        yield devices
    finally:
        for player in devices.players:
            _end(player)
        _end(server)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def virtual_devices() -> Iterator[VirtualDevices]:
    """Run a private sound server with a virtual speaker and microphone plugged in."""
    with sound_server() as devices:
        devices.plug_in_speaker()
        devices.plug_in_microphone()
        yield devices


@contextmanager
def in_this_process(devices: VirtualDevices) -> Iterator[None]:
    """Let this very process use the devices, not only its children.

    PortAudio looks for devices when it starts, so it is started anew on the way in and out.
    """
    from trainer.audio.devices import refresh_devices

    before = {name: os.environ.get(name) for name in _SERVER_VARIABLES}
    os.environ.update({name: devices.environment[name] for name in _SERVER_VARIABLES})
    try:
        refresh_devices()
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
        refresh_devices()


def _await_server(devices: VirtualDevices, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_S
    while True:
        try:
            devices.pactl("info")
            return
        except RuntimeError as error:
            log = (devices.folder / "server.log").read_text(errors="replace")
            if server.poll() is not None:
                raise RuntimeError(f"pulseaudio did not start: {log[-500:]}") from error
            if time.monotonic() > deadline:
                raise RuntimeError(f"pulseaudio does not answer: {log[-500:]}") from error
        time.sleep(0.05)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
