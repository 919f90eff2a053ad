"""The command itself: what it prints, how it ends, and what it leaves running."""

import signal
import socket
import subprocess
import sys

import pytest

from assistant.cli import main
from assistant.cli.ask import RECORDS_TOO, WARNING
from tests.web.served import DEADLINE, served


@pytest.mark.parametrize(("how", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 0)])
def test_it_ends_when_told_and_frees_the_port(data_folder, how, code):
    with served(data_folder) as server:
        port = int(server.origin.rpartition(":")[2])
        assert server.end(how) == code
    with socket.create_server(("127.0.0.1", port)):
        pass


def test_the_address_alone_goes_to_standard_output(data_folder, capfd):
    """It holds a token; what is to be known beside it goes to standard error, and no request is logged."""
    with served(data_folder) as server:
        assert "/?token=" in server.address
        server.end()
        assert server.rest() == ""
    said = capfd.readouterr().err
    assert said == "Open this address in a browser. Press Ctrl-C here to end it for everyone.\n"


@pytest.mark.parametrize(
    ("options", "warned"), [(["--training-only"], WARNING), ([], f"{WARNING} {RECORDS_TOO}")]
)
def test_a_named_host_is_warned_of(data_folder, capfd, options, warned):
    """Others on the network can reach it then: it says so, and asks for the token in any case."""
    every = "0.0.0.0"  # noqa: S104 - for as long as this test runs
    with served(data_folder, "--host", every, *options) as server:
        assert "/?token=" in server.address
    assert warned in capfd.readouterr().err.splitlines()


def refused(capsys, *words):
    code = main(["serve", *words])
    said = capsys.readouterr()
    assert said.out == ""
    assert "Traceback" not in said.err
    return code, said.err


def test_a_port_in_use_is_said(data_folder, capsys):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        code, said = refused(capsys, "--port", str(taken.getsockname()[1]))
    assert code == 2
    assert "another program already uses that port" in said
    assert "--port 0" in said


def test_an_unknown_host_is_said(data_folder, capsys):
    assert refused(capsys, "--host", "no-such-host.invalid")[0] == 2


@pytest.mark.parametrize(
    "words", [["--port", "70000"], ["--most", "0"], ["--idle", "0"], ["--idle", "soon"]]
)
def test_a_number_that_cannot_be_is_said(data_folder, capsys, words):
    assert refused(capsys, *words)[0] == 2


def test_a_guide_that_cannot_be_used_is_said_before_anybody_comes(data_folder, capsys, tmp_path):
    code, said = refused(capsys, "--content", str(tmp_path / "nowhere"))
    assert code == 1
    assert "nowhere" in said


def test_an_alias_that_can_be_none_is_said(data_folder, capsys, monkeypatch):
    monkeypatch.setenv("SERVICE_GROUP_ALIAS", "ann lee")
    code, said = refused(capsys)
    assert code == 1
    assert "SERVICE_GROUP_ALIAS" in said


def test_the_server_is_not_loaded_to_explain_itself():
    """The command's help is as quick as any other."""
    code = "import sys, assistant.cli.ask; print('aiohttp' in sys.modules)"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=DEADLINE)
    assert done.stdout == "False\n"
