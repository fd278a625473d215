"""Every form of input gives the same talk; what is wrong is named by file and line."""

from __future__ import annotations

import codecs
import json
from pathlib import Path

import pytest

from tests.evaluation.conftest import Evaluate, write_lines, write_tone
from tests.records.test_store import info
from tests.talks import small_session
from trainer.evaluation.talks import Channel
from trainer.records.store import SessionFolder
from trainer.session import typed
from trainer.types import Axis, Kind, ManagerTurn

VTT_OF_TEAMS = """WEBVTT

0f3c/1-0
00:00:01.000 --> 00:00:03.000
<v Anna Weber>open: How was the month?</v>

0f3c/2-0
00:00:03.500 --> 00:00:06.000
<v Ben O&apos;Neill>They went quiet.</v>

0f3c/3-0
00:00:06.200 --> 00:00:07.000
<v Anna Weber>tell: Ring them</v>

0f3c/4-0
00:00:07.100 --> 00:00:08.000
<v Anna Weber>today.</v>
"""
VTT_OF_ZOOM = """WEBVTT

1
00:00:01.000 --> 00:00:03.000
Anna Weber: open: How was the month?

2
00:00:03.500 --> 00:00:06.000
Ben O'Neill: They went quiet.

3
00:00:06.200 --> 00:00:08.000
Anna Weber: tell: Ring them today.
"""
SRT_OF_WHISPERX = """1
00:00:01,000 --> 00:00:03,000
[Anna Weber]: open: How was the month?

2
00:00:03,500 --> 00:00:06,000
[Ben O'Neill]: They went quiet.

3
00:00:06,200 --> 00:00:08,000
[Anna Weber]: tell: Ring them today.
"""
CSV_OF_A_SPREADSHEET = """Speaker;Text;Start;End
Anna Weber;open: How was the month?;0:01;0:03
Ben O'Neill;They went quiet.;0:03,5;0:06
Anna Weber;tell: Ring them today.;0:06,2;0:08
"""
JSON_OF_WHISPERX = json.dumps(
    {
        "language": "en",
        "segments": [
            {"start": 1, "end": 3, "text": " open: How was the month?", "speaker": "Anna Weber"},
            {"start": 3.5, "end": 6, "text": " They went quiet.", "speaker": "Ben O'Neill"},
            {"start": 6.2, "end": 8, "text": " tell: Ring them today.", "speaker": "Anna Weber"},
        ],
    }
)
JSONL = "\n".join(
    json.dumps(line)
    for line in (
        {"speaker": "Anna Weber", "text": "open: How was the month?", "start": 1.0, "end": 3.0},
        {"speaker": "Ben O'Neill", "text": "They went quiet.", "start": 3.5, "end": 6.0},
        {"speaker": "Anna Weber", "text": "tell: Ring them today.", "start": 6.2, "end": 8.0},
    )
)
FORMS = [
    ("teams.vtt", VTT_OF_TEAMS),
    ("zoom.vtt", VTT_OF_ZOOM),
    ("whisperx.srt", SRT_OF_WHISPERX),
    ("sheet.csv", CSV_OF_A_SPREADSHEET),
    ("whisperx.json", JSON_OF_WHISPERX),
    ("lines.jsonl", JSONL),
]


@pytest.mark.parametrize(("name", "text"), FORMS, ids=[name for name, _ in FORMS])
def test_every_form_of_transcript_gives_the_managers_turns_with_what_was_said_before(
    name: str, text: str, tmp_path: Path, run: Evaluate
) -> None:
    path = tmp_path / name
    path.write_text(text)
    with run(path, manager=("anna weber",)) as result:
        one, two = result.turns()
    assert not result.problems
    assert (one.text, one.said_before, one.question_quality) == (
        "open: How was the month?",
        None,
        90,
    )
    assert (two.text, two.said_before, two.question_quality) == (
        "tell: Ring them today.",
        "They went quiet.",
        0,
    )
    assert (two.start_s, two.end_s) == (6.2, 8.0)
    (talk,) = result.talks
    assert talk.whole and talk.other_words == 3
    assert talk.talk_share == pytest.approx(3.8 / 6.3, abs=0.02)


@pytest.mark.parametrize("mark", [codecs.BOM_UTF8, b""])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_byte_order_marks_and_line_endings_make_no_difference(
    mark: bytes, ending: str, tmp_path: Path, run: Evaluate
) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(mark + CSV_OF_A_SPREADSHEET.replace("\n", ending).encode())
    with run(path, manager=("Anna Weber",)) as result:
        assert [turn.text for turn in result.turns()][1] == "tell: Ring them today."
    assert not result.problems


def test_utf_16_with_a_mark_is_read(tmp_path: Path, run: Evaluate) -> None:
    path = tmp_path / "t.vtt"
    path.write_bytes(VTT_OF_ZOOM.encode("utf-16"))
    with run(path, manager=("Anna Weber",)) as result:
        assert result.summary.turns == 2


def test_a_line_in_another_encoding_is_named_and_the_rest_is_done(
    tmp_path: Path, run: Evaluate
) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"text\nopen: Fine\nopen: caf\xe9\nopen: Fine too\n")
    with run(path) as result:
        assert [turn.text for turn in result.turns()] == ["open: Fine", "open: Fine too"]
    (problem,) = result.problems
    assert problem.where == f"{path}:3" and "0xe9 is not UTF-8" in problem.message
    with run(path, encoding="cp1252") as named:
        assert [turn.text for turn in named.turns()][1] == "open: café"


def test_who_the_manager_is_is_never_guessed(tmp_path: Path, run: Evaluate) -> None:
    path = tmp_path / "t.vtt"
    path.write_text(VTT_OF_ZOOM)
    with run(path) as result:
        assert not list(result.turns())
    (problem,) = result.problems
    assert problem.message == (
        "no line is the manager's: found Anna Weber, Ben O'Neill; say which with --manager NAME"
    )


def test_a_speaker_tagged_manager_needs_no_option(tmp_path: Path, run: Evaluate) -> None:
    path = tmp_path / "t.vtt"
    path.write_text(VTT_OF_ZOOM.replace("Anna Weber", "Manager"))
    with run(path) as result:
        assert result.summary.turns == 2


def test_whispers_own_output_of_one_speaker_is_the_managers_when_said_so(
    tmp_path: Path, run: Evaluate
) -> None:
    path = tmp_path / "t.tsv"
    path.write_text("start\tend\ttext\n0\t1500\topen: How was it?\n")
    with run(path) as refused:
        assert "name no speaker" in refused.problems[0].message
    with run(path, manager=("*",)) as result:
        (turn,) = result.turns()
    assert (turn.start_s, turn.end_s) == (0.0, 1.5)


def test_a_sentence_with_a_colon_is_no_speaker(tmp_path: Path, run: Evaluate) -> None:
    path = tmp_path / "t.srt"
    path.write_text(
        "1\n00:00:01,000 --> 00:00:02,000\nHow was it?\n\n"
        "2\n00:00:02,000 --> 00:00:03,000\nOne thing first: the price.\n"
    )
    with run(path, manager=("*",)) as result:
        (turn,) = result.turns()
    assert turn.text == "How was it? One thing first: the price."


@pytest.mark.parametrize(
    ("cue", "line", "message"),
    [
        ("00:00:09.000 --> 00:00:08.000\nAnna: x", 5, "ends at 8 s, before it starts at 9 s"),
        ("00:00:00.500 --> 00:00:02.000\nBen: x", 5, "out of order: starts at 0.5 s"),
        ("00:00:01.500 --> 00:00:09.000\nAnna: x", 5, "overlapping: starts 2.50 s before the same"),
        ("00:00:01.500 --> 00:00:09.000\nBen: x", 5, "overlapping: starts 2.50 s before another's"),
        ("00:00:xx --> 00:00:09.000\nBen: x", 5, "times cannot be read"),
        ("just words", 5, "not a cue"),
    ],
)
def test_wrong_times_are_named_by_line(
    cue: str, line: int, message: str, tmp_path: Path, run: Evaluate
) -> None:
    path = tmp_path / "t.vtt"
    path.write_text(f"WEBVTT\n\n00:00:01.000 --> 00:00:04.000\nAnna: open: a?\n\n{cue}\n")
    with run(path, manager=("Anna",)) as result:
        assert result.summary.turns == 1
    (problem,) = result.problems
    assert problem.where == f"{path}:{line + 1}" and problem.message.startswith(message)


def test_people_may_talk_over_each_other_for_a_moment(tmp_path: Path, run: Evaluate) -> None:
    path = tmp_path / "t.vtt"
    path.write_text(VTT_OF_ZOOM.replace("00:00:03.500", "00:00:02.100"))
    with run(path, manager=("Anna Weber",)) as result:
        assert not result.problems and result.summary.turns == 2


@pytest.mark.parametrize(
    ("name", "text", "where", "message"),
    [
        ("a.csv", "", "a.csv", "is empty, expected a line of column names"),
        ("a.csv", "speaker,words\nA,x\n", "a.csv:1", "no column 'text': found speaker, words"),
        ("a.csv", "text,kind\nx,chat\n", "a.csv:2", "kind: found 'chat', expected coaching"),
        ("a.csv", "id,text\n1,x,y\n", "a.csv:2", "found 3 columns, expected 2"),
        ("a.csv", "speaker,text,start\nA,x,soon\n", "a.csv:2", "start: not a time"),
        ("a.csv", "text,gold_label\nx,opn\n", "a.csv:2", "gold_label: input should be"),
        ("a.vtt", "WEBVTT\n", "a.vtt", "holds no lines of a talk"),
        ("a.srt", "", "a.srt", "holds no lines of a talk"),
        ("a.json", "{", "a.json:1", "not JSON"),
        ("a.json", "{}", "a.json", "segments: field required"),
        ("a.json", "[1]", "a.json", "line: not an object; expected whisper's JSON"),
        ("a.jsonl", "", "a.jsonl", "is empty, expected a line like"),
        ("a.jsonl", "\n\n", "a.jsonl", "is empty, expected a line like"),
        ("a.jsonl", "oops", "a.jsonl:1", "line: invalid json"),
        ("a.jsonl", '{"speaker": "A"}', "a.jsonl:1", "text: field required"),
        ("a.docx", "x", "a.docx", "found '.docx', expected .aac, .csv"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_problem(
    name: str, text: str, where: str, message: str, tmp_path: Path, run: Evaluate
) -> None:
    (tmp_path / name).write_text(text)
    with run(tmp_path / name, manager=("A",)) as result:
        found = [(p.where, p.message) for p in result.problems]
    assert found[0][0] == str(tmp_path / where)
    assert found[0][1].startswith(message)


def test_a_broken_line_does_not_part_the_talk_around_it(tmp_path: Path, run: Evaluate) -> None:
    lines = JSONL.splitlines()
    path = write_lines(tmp_path / "t.jsonl", lines[0], "oops", *lines[1:])
    with run(path, manager=("Anna Weber",)) as result:
        assert [turn.id for turn in result.turns()] == ["t/1", "t/2"]
    assert [p.where for p in result.problems] == [f"{path}:2"]


def test_talks_in_one_table_are_told_apart_by_their_column(tmp_path: Path, run: Evaluate) -> None:
    path = tmp_path / "all.csv"
    path.write_text("Gespräch,Wer,Was\nx,Anna,open: a?\nx,Ben,b\nx,Anna,open: c?\ny,Anna,tell: d\n")
    columns = {"talk": "Gespräch", "speaker": "Wer", "text": "Was"}
    with run(path, manager=("Anna",), columns=columns) as result:
        assert [(turn.id, turn.said_before) for turn in result.turns()] == [
            ("x/1", None),
            ("x/2", "b"),
            ("y/1", None),
        ]


def test_turns_with_their_context_come_as_json_lines_and_from_standard_input(
    tmp_path: Path, run: Evaluate
) -> None:
    line = {"id": 1, "text": "open: a?", "said_before": "Hm.", "kind": "mentoring"}
    path = write_lines(tmp_path / "t.jsonl", line)
    with run(path) as result:
        (turn,) = result.turns()
    assert (turn.id, turn.said_before, turn.kind) == ("1", "Hm.", Kind.MENTORING)
    with run("-", stdin=path.read_bytes() + b"oops\n") as piped:
        assert [turn.text for turn in piped.turns()] == ["open: a?"]
    assert piped.problems[0].where == "standard input:2"


def test_globs_and_lists_and_folders_name_files_once_each(tmp_path: Path, run: Evaluate) -> None:
    folder = tmp_path / "talks" / "deep"
    folder.mkdir(parents=True)
    for name in ("a", "b"):
        write_lines(folder / f"{name}.jsonl", {"id": name, "text": "open: x?"})
    listed = write_lines(
        tmp_path / "list.txt", "# those of May", "talks/deep/*.jsonl", "talks/deep"
    )
    for given in (f"@{listed}", str(folder / "*.jsonl"), str(tmp_path / "talks")):
        with run(given, str(folder / "a.jsonl")) as result:
            assert [turn.id for turn in result.turns()] == ["a", "b"], given


def test_a_schema_beside_scenarios_is_no_talk(tmp_path: Path, run: Evaluate) -> None:
    (tmp_path / "scenario.schema.json").write_text("{}")
    write_lines(tmp_path / "a.jsonl", {"id": "a", "text": "open: x?"})
    with run(str(tmp_path)) as result:
        assert (result.problems, result.summary.turns) == ((), 1)


def test_five_formats_of_one_talk_count_once(tmp_path: Path, run: Evaluate) -> None:
    (tmp_path / "call.json").write_text(JSON_OF_WHISPERX)
    (tmp_path / "call.srt").write_text(SRT_OF_WHISPERX)
    write_tone(tmp_path / "call.wav")
    with run(tmp_path, manager=("Anna Weber",)) as result:
        assert result.summary.turns == 2
    assert [Path(p.where).name for p in result.problems] == ["call.srt", "call.wav"]


def test_recordings_are_heard_and_a_manifest_says_more_about_them(
    tmp_path: Path, run: Evaluate
) -> None:
    write_tone(tmp_path / "a.wav")
    write_tone(tmp_path / "b.wav")
    with run(tmp_path, heard=["open: a?", "tell: b."]) as result:
        assert [turn.question_quality for turn in result.turns()] == [90, 0]
        assert [(talk.id, talk.turns) for talk in result.talks] == [(tmp_path.name, 2)]
    write_lines(
        tmp_path / "manifest.jsonl",
        {"file": "b.wav", "id": "x", "said_before": "Hm.", "talk": "t", "reference": "open b"},
        {"file": "gone.wav", "talk": "t"},
    )
    with run(tmp_path, heard=["open: b?"]) as listed:
        (turn,) = listed.turns()
    assert (turn.id, turn.talk, turn.said_before, turn.recogniser) == ("x", "t", "Hm.", "scripted")
    assert turn.reference is not None and turn.reference.word_errors == 0
    assert listed.problems[0].where == f"{tmp_path / 'manifest.jsonl'}:2"


def test_a_manifest_may_be_a_table(tmp_path: Path, run: Evaluate) -> None:
    write_tone(tmp_path / "a.wav")
    (tmp_path / "manifest.csv").write_text('file,said_before\na.wav,"Well, hm."\n')
    with run(tmp_path, heard=["open: a?"]) as result:
        assert [turn.said_before for turn in result.turns()] == ["Well, hm."]


def test_a_silent_recording_is_not_scored_and_is_no_problem(tmp_path: Path, run: Evaluate) -> None:
    import numpy as np

    from trainer.audio.wav import write_clip
    from trainer.types import AudioClip

    write_clip(tmp_path / "quiet.wav", AudioClip(np.zeros(16_000, np.float32), 16_000))
    with run(tmp_path) as result:
        (turn,) = result.turns()
    assert turn.not_scored_because == "there were no words"
    assert not result.problems


def test_broken_recordings_are_named_and_the_rest_is_done(tmp_path: Path, run: Evaluate) -> None:
    write_tone(tmp_path / "good.wav")
    (tmp_path / "noise.wav").write_bytes(b"not audio")
    whole = (tmp_path / "good.wav").read_bytes()
    (tmp_path / "torn.wav").write_bytes(whole[: len(whole) // 2])
    with run(tmp_path, heard=["open: a?"]) as result:
        assert result.summary.turns == 1
    assert [Path(p.where).name for p in result.problems] == ["noise.wav", "torn.wav"]
    assert "is cut short" in result.problems[1].message
    assert not result.problems[1].message.startswith("/")


def test_a_kept_session_is_scored_again_with_its_context_and_both_scorings_are_kept(
    tmp_path: Path, run: Evaluate
) -> None:
    ask = "open: How was the month for you?"
    session, folder = small_session(), SessionFolder(tmp_path / "s")
    folder.begin(info())
    for _ in range(3):
        folder.add(session.answer(typed(ask)))
    with run(folder.path) as result:
        turns = list(result.turns())
    assert [t.question_quality for t in turns] == [
        r.score.question_quality for r in session.records
    ]
    second = session.records[2].said_before
    assert (turns[2].said_before, turns[2].id) == (second, "s/3")
    assert turns[0].recorded is not None and turns[0].recorded.scorer == "by-cue"
    assert result.recorded is not None and result.recorded.turns == 3
    assert not result.recorded.flips
    change = result.recorded.axes[Axis.QUESTION_QUALITY].change
    assert change is not None and change.value == 0


def test_leave_that_was_asked_and_given_holds_for_the_next_turn(tmp_path: Path) -> None:
    from tests.evaluation.conftest import Fakes
    from trainer.evaluation.talks import Item, Talk

    turns = (
        ManagerTurn("permit: Could I offer an idea?"),
        ManagerTurn("advise: Call them?", ("Yes, please do.",)),
        ManagerTurn("advise: Call them?", ("Hm.",), ("Yes, please do.",)),
    )
    items = tuple(Item(str(n), "f", turn) for n, turn in enumerate(turns))
    seen: list[ManagerTurn] = []

    worker = Fakes()()
    label = worker.classifier.label

    def watched(some: list[ManagerTurn]) -> object:
        seen.extend(some)
        return label(some)

    worker.classifier.label = watched  # type: ignore[method-assign, assignment]
    worker.do([Talk("t", "f", items)])
    assert [turn.licensed for turn in seen[3:]] == [True]


def test_the_channel_of_a_recording_is_named_by_option(tmp_path: Path, run: Evaluate) -> None:
    write_tone(tmp_path / "mono.wav")
    with run(tmp_path / "mono.wav", channel=Channel.LEFT) as result:
        assert not result.summary.turns
    assert "has 1 channel, expected 2" in result.problems[0].message
