"""The process that fills templates: limited, restarted, gone with its parent."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import psutil
import pytest

from console.paper import printing
from console.paper.defaults import default_template
from console.paper.filling import Form
from console.paper.printing import Press
from rules.errors import Refused
from rules.paper import Content
from tests.console.paper.forms import AT, content, template, values


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    made = Press()
    yield made
    made.close()


def test_the_child_gives_the_bytes_that_filling_here_gives(press: Press) -> None:
    base = default_template("order")
    assert press.fill(base, content()) == Form(base, "order").fill(values(), AT)
    assert "主送" in press.words(base, "order")


def test_a_refusal_crosses_the_pipe_as_its_line_and_the_child_lives_on(press: Press) -> None:
    press.ready()
    child = press._child
    with pytest.raises(Refused, match="不是督办单的字段"):
        press.fill(template("{{ 某某 }}"), content())
    with pytest.raises(Refused, match="不是完好"):
        press.fill(b"PK no zip", content())
    with pytest.raises(Refused, match="缺少主送"):
        press.fill(template("{{ 文号 }}"), content(主送=""))
    with pytest.raises(Refused, match="不是督办单的字段"):
        press.fill(template("{{ 文号 }}"), Content("order", {"文": "x"}))
    assert press.fill(template("{{ 文号 }}"), content()) and press._child is child


def test_threads_take_turns(press: Press) -> None:
    found: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: found.append(press.fill(template("{{ 文号 }}"), content())))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4 and len(set(found)) == 1


def test_a_child_that_takes_too_long_is_ended_and_the_next_paper_gets_a_new_one(
    press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    press.ready()
    assert press._child is not None
    old = psutil.Process(press._child.pid)
    old.suspend()
    monkeypatch.setattr(printing, "WAIT", 0.1)
    with pytest.raises(Refused, match="时间或内存限制"):
        press.fill(template("{{ 文号 }}"), content())
    monkeypatch.undo()
    assert not old.is_running()
    assert press.fill(template("{{ 文号 }}"), content())


def test_a_template_that_would_fill_the_memory_is_stopped(press: Press) -> None:
    rows = tuple({"工单编号": "x" * 2000} for _ in range(2000))
    body = ["{%p for 行 in 诉求清单 %}", "{%p for 列 in 诉求清单 %}", "{{ 列.工单编号 }}"]
    with pytest.raises(Refused, match="过长"):
        press.fill(template(*body, "{%p endfor %}", "{%p endfor %}"), content(诉求清单=rows))


def test_the_child_can_write_no_file_and_start_no_process() -> None:
    told = (
        "import os, resource; from console.paper.child import _limit_size, MEMORY; _limit_size();"
        "limits = resource.getrlimit;"
        "assert limits(resource.RLIMIT_AS) == (MEMORY, MEMORY);"
        "assert limits(resource.RLIMIT_FSIZE) == limits(resource.RLIMIT_NPROC) == (0, 0);"
        "print('limited')"
    )
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout == "limited\n"


def test_the_child_ends_with_its_parent() -> None:
    told = (
        "from console.paper.printing import press; p = press(); p.ready();"
        "print(p._child.pid, flush=True); import os; os._exit(1)"
    )
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True)
    child = int(done.stdout)
    until = time.monotonic() + 10
    while psutil.pid_exists(child) and time.monotonic() < until:
        if psutil.Process(child).status() == psutil.STATUS_ZOMBIE:
            break
        time.sleep(0.01)
    assert time.monotonic() < until


def test_a_forked_process_gets_a_child_of_its_own(press: Press) -> None:
    press.ready()
    kept, press._owner = press._owner, os.getpid() + 1
    first = press._child
    assert press.fill(template("{{ 文号 }}"), content())
    assert press._child is not first and first is not None and first.poll() is None
    first.kill()
    first.communicate()
    assert kept == press._owner
