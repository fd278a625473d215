"""Talk after talk in one process, with the real threads."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from tests.practice.aloud_talk import ASK, ScriptedTalk, said
from trainer.live.threads import Threads
from trainer.speech_to_text.fake import ScriptedSpeechToText


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="counts open files on Linux only")
def test_no_thread_and_no_file_is_left_behind(tmp_path: Path) -> None:
    counts = []
    for number in range(8):
        folder = tmp_path / str(number)
        folder.mkdir()
        talk = ScriptedTalk(folder, [4.0, said(2.0), 6.0], [ASK])
        talk.desk._workers = threads = Threads(ScriptedSpeechToText([ASK]))
        talk.desk._await_turn()
        talk.run()
        assert talk.on_disk() == [ASK]
        assert threads.thinking._shutdown
        counts.append((threading.active_count(), len(os.listdir("/proc/self/fd"))))
    assert counts[-1] == counts[1]
