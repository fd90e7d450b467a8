"""Files gone wrong end in one line, in small."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults import fuzzed
from tests.faults.outcome import SMALL


def test_no_file_gone_wrong_does_harm(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (done,) = fuzzed.run(SMALL, tmp_path)
    assert (done.tried, done.lost) == (16, 0), capsys.readouterr().out
