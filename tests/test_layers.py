"""The code's own shape: what may import what, and what must stay out of a light start."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

TRAINER = Path(__file__).parent.parent / "trainer"

LAYERS = (
    {"types", "errors", "paths"},
    {"labels", "weights", "protocols", "same_idea"},
    {"audio", "speech_to_text", "text_to_speech", "scenario", "salesperson", "scoring"},
    {"feedback"},
    {"session"},
    {"records"},
    {"live", "evaluation", "training", "demo", "simulation", "preview"},
    {"build"},
    {"web", "cli"},
)
"""Lowest first: a module imports from its own layer or below."""

STRANDS = {
    "audio": {"audio"},
    "speech_to_text": {"speech_to_text", "audio"},
    "text_to_speech": {"text_to_speech", "audio"},
    "scenario": {"scenario"},
    "salesperson": {"salesperson", "scenario"},
    "scoring": {"scoring"},
}
"""Inside the engines' layer, who may know whom: scores and the salesperson meet in the session."""

HEAVY = {"torch", "transformers", "onnxruntime", "sounddevice", "whisper", "piper", "kokoro_onnx"}
MAY_BE_HEAVY = {"audio", "speech_to_text", "text_to_speech", "training"}
HEAVY_MODULES = {"scoring.classifier", "scoring.network", "salesperson.encoder"}


def modules() -> list[Path]:
    return sorted(path for path in TRAINER.rglob("*.py") if path.name != "__init__.py")


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(TRAINER).with_suffix("").parts)


def imports_of(path: Path) -> Iterator[tuple[str, bool]]:
    """Yield each imported module's name and whether it is imported at the top of the file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    top = {id(node) for node in tree.body}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, id(node) in top) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            names = inner if node.module == "trainer" else [node.module]
            yield from ((name, id(node) in top) for name in names)


def layer_of(part: str) -> int:
    return next(place for place, layer in enumerate(LAYERS) if part in layer)


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_imports_point_only_to_the_same_layer_or_below(path: Path) -> None:
    own = name_of(path).split(".")[0]
    for imported, _ in imports_of(path):
        parts = imported.split(".")
        if parts[0] != "trainer" or len(parts) == 1 or parts[1] == "__version__":
            continue
        assert layer_of(parts[1]) <= layer_of(own), f"{name_of(path)} imports {imported}"
        if own in STRANDS and parts[1] in STRANDS:
            assert parts[1] in STRANDS[own], f"{name_of(path)} imports {imported}"


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_heavy_packages_are_imported_only_inside_engines_and_never_at_the_top(path: Path) -> None:
    own = name_of(path).split(".")[0]
    for imported, at_top in imports_of(path):
        if imported.split(".")[0] in HEAVY:
            assert own in MAY_BE_HEAVY or name_of(path) in HEAVY_MODULES, name_of(path)
            assert not at_top, f"{name_of(path)} imports {imported} at the top"


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_every_module_opens_with_a_sentence_and_stays_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    docstring = ast.get_docstring(ast.parse(text))
    assert docstring, f"{name_of(path)} has no docstring"
    most = (
        450 if name_of(path) in {"types", "scenario.model"} else 350
    )  # a list of plain values reads well when long
    assert text.count("\n") <= most, f"{name_of(path)} has {text.count(chr(10))} lines"


def test_there_are_no_drawers_for_odds_and_ends() -> None:
    assert not [name_of(p) for p in modules() if p.stem in {"utils", "helpers", "common", "misc"}]


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['trainer', '--help']\n"
        "from trainer.cli.main import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"found = sorted(set(sys.modules) & {HEAVY | {'numpy', 'pydantic', 'rich'}!r})\n"
        "print(found, file=sys.stderr)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stderr.strip() == "[]"
    assert "practise" in run.stdout
