"""`service-group completion`: the script is the shell's own, and completes in a real one."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.cli.doctor import SHELLS

ROOT = Path(__file__).parents[2]

IN_BASH = """
eval "$(service-group completion bash)"
COMP_WORDS=({words}) COMP_CWORD={at}
_service_group_completion service-group
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


@pytest.fixture
def command(tmp_path, monkeypatch):
    """Put the command on the path, installed or not."""
    path = tmp_path / "bin" / "service-group"
    path.parent.mkdir()
    path.write_text(f'#!/bin/sh\ncd "{ROOT}" && exec "{sys.executable}" -m assistant "$@"\n')
    path.chmod(0o755)
    monkeypatch.setenv("PATH", str(path.parent), prepend=":")


@pytest.mark.parametrize("shell", SHELLS)
def test_every_shell_gets_its_script(shell, capsys):
    assert main(["completion", shell]) == 0
    assert "_SERVICE_GROUP_COMPLETE" in capsys.readouterr().out


@pytest.mark.parametrize("other", ["tcsh", "powershell"])
def test_another_shell_is_refused_with_those_there_are(other, capsys):
    assert main(["completion", other]) == 2
    said = capsys.readouterr().err
    assert [shell for shell in SHELLS if shell not in said] == []


@pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash here")
@pytest.mark.usefixtures("command")
@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("service-group set", ["settings"]),
        ("service-group content ch", ["check"]),
        ("service-group content draw --format m", ["mermaid"]),
        ("service-group completion f", ["fish"]),
        ("service-group doctor --j", ["--json"]),
    ],
)
def test_bash_completes_what_is_begun(words, offered):
    script = IN_BASH.format(words=words, at=len(words.split()) - 1)
    done = subprocess.run(
        ["bash", "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.split() == offered
