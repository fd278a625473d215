"""What is remembered about devices, and what happens when they are gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from trainer.audio import pulse, remembered
from trainer.audio.devices import Device, Role
from trainer.audio.remembered import Chosen, Finding
from trainer.errors import DeviceError
from trainer.types import DuplexMode

HALF = Finding(DuplexMode.HALF, 0.31, -9.5)


@pytest.fixture(autouse=True)
def plugged_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Keep everything in a folder of the test; return the devices there are."""
    there = {"default", "Yeti", "Speakers"}

    def find(wanted: str | int | None, role: Role) -> Device:
        if (wanted or "default") not in there:
            raise DeviceError("none of that name")
        return Device(0, str(wanted or "default"), "Fake", 1, 1, 48_000, False, False)

    monkeypatch.setenv("TRAINER_DATA", str(tmp_path))
    monkeypatch.setattr(remembered, "find_device", find)
    monkeypatch.setattr(pulse, "default_name", lambda what: f"the default {what}")
    return there


def test_nothing_is_known_at_first() -> None:
    assert remembered.choice(None, None) == Chosen()
    assert remembered.finding(Chosen()) is None


def test_a_choice_is_remembered_and_one_asked_for_goes_before_it() -> None:
    remembered.remember_choice(Chosen("Yeti", "Speakers"))
    assert remembered.choice(None, None) == Chosen("Yeti", "Speakers")
    assert remembered.choice("default", None) == Chosen("default", "Speakers")


def test_a_remembered_device_that_is_gone_is_left_out(plugged_in: set[str]) -> None:
    remembered.remember_choice(Chosen("Yeti", "Speakers"))
    plugged_in.remove("Yeti")
    assert remembered.choice(None, None) == Chosen(None, "Speakers")


def test_a_finding_belongs_to_its_pair_of_devices() -> None:
    remembered.remember_finding(Chosen("Yeti", "Speakers"), HALF)
    remembered.remember_choice(Chosen("Yeti", None))
    assert remembered.finding(Chosen("Yeti", "Speakers")) == HALF
    assert remembered.finding(Chosen("Yeti", None)) is None


def test_behind_a_general_name_the_device_that_is_plugged_in_counts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    remembered.remember_finding(Chosen(), HALF)
    assert remembered.finding(Chosen()) == HALF
    monkeypatch.setattr(pulse, "default_name", lambda what: f"another {what}")
    assert remembered.finding(Chosen()) is None


@pytest.mark.parametrize("text", ["", "[]", '{"found": 3}', '{"found": {"x": {}}, "chosen": 1}'])
def test_a_spoilt_file_is_the_same_as_none(text: str, tmp_path: Path) -> None:
    (tmp_path / "sound.json").write_text(text)
    assert remembered.choice(None, None) == Chosen()
    assert remembered.finding(Chosen()) is None
    remembered.remember_finding(Chosen(), HALF)
    assert remembered.finding(Chosen()) == HALF
