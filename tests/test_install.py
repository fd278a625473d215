"""What `make setup` installs is what the project needs, pinned, and what is here is that."""

from __future__ import annotations

import importlib.metadata
import re
import tomllib

from trainer.paths import PROJECT

PINS = ("constraints.txt", "models/carriers.txt")


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned() -> dict[str, str]:
    lines = [
        line.strip()
        for file in PINS
        for line in (PROJECT / file).read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    ]
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in lines), "every line is a pin"
    return {normal(name): version for name, version in (line.split("==") for line in lines)}


def wanted() -> set[str]:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    requirements = [*project["dependencies"], *(each for extra in extras for each in extra)]
    return {normal(re.split(r"[<>=!~\[; ]", each)[0]) for each in requirements}


def test_everything_the_project_names_is_pinned() -> None:
    assert wanted() - set(pinned()) == set()


def test_what_is_installed_is_what_is_pinned() -> None:
    installed = {name: importlib.metadata.version(name).split("+")[0] for name in pinned()}
    assert installed == pinned()


def test_no_address_of_a_registry_is_written_down() -> None:
    for file in (*PINS, "pyproject.toml", "Makefile", ".ci/run"):
        text = (PROJECT / file).read_text(encoding="utf-8")
        assert not re.search(r"index-url|find-links|https?://", text), file
