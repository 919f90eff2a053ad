"""Connections that ask nothing, half, or nonsense hold nobody up, and little is said of them."""

import asyncio
import re
import shutil
import socket
import subprocess
import sys
from contextlib import closing

import pytest
from aiohttp import ClientSession, CookieJar

from assistant.web.server import MOST_SAID, MOST_WAITING, ConnectionQueue, ShortLog
from tests.web.served import DEADLINE, served

pytestmark = pytest.mark.skipif(
    not shutil.which("prlimit"), reason="limits are set by Linux' prlimit"
)

HALF_OPEN = 2_000

CROWD = f"""
import resource, socket, sys
hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 4096), hard))
held = []
for number in range({HALF_OPEN}):
    one = socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout={DEADLINE})
    held.append(one)
    if number % 2:
        one.sendall(b"GET /?token=half-a-token HTTP/1.1\\r\\nHost: 127")
print("open", flush=True)
sys.stdin.readline()
"""


def port_of(server):
    return int(server.origin.rpartition(":")[2])


async def drawn(session):
    """Return what the terminal is sent next."""
    while True:
        message = await asyncio.wait_for(session.receive(), DEADLINE)
        if isinstance(message.data, bytes):
            return message.data


async def test_a_trainee_works_on_among_two_thousand_half_open_connections(data_folder, capfd):
    """With no more files than a system allows by default; a newcomer gets in too."""
    with served(data_folder, "--training-only", files=1_024) as server:
        origin = {"Origin": server.origin}
        async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as trainee:
            await trainee.get(f"{server.origin}/?alias=blue-heron")
            async with trainee.ws_connect(f"{server.origin}/ws", headers=origin) as session:
                assert await drawn(session)
                crowd = subprocess.Popen(  # noqa: ASYNC220 - quick to start
                    [sys.executable, "-c", CROWD, str(port_of(server))],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                )
                with crowd:
                    assert crowd.stdout
                    assert crowd.stdout.readline() == b"open\n"
                    await session.send_json(["stdin", "1"])
                    assert await drawn(session)
                    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as newcomer:
                        page = await newcomer.get(f"{server.origin}/?alias=red-fox")
                        assert page.status == 200
                    await session.send_json(["stdin", "?"])
                    assert await drawn(session)
                    crowd.kill()
    assert len(capfd.readouterr().err) < 4_000


def test_a_head_that_is_none_tells_nothing(data_folder, capfd):
    """Neither the token in it nor a place in the code reaches the log, however often it comes."""
    with served(data_folder) as server:
        token = server.address.partition("token=")[2]
        for end in (b"\x00\r\n\r\n", b" HTTP/9.x\r\n\r\n", b" HTTP/1.1\r\nA b: c\r\n\r\n") * (
            MOST_SAID * 2
        ):
            with closing(socket.create_connection(("127.0.0.1", port_of(server)))) as one:
                one.settimeout(DEADLINE)
                one.sendall(f"GET /?token={token}".encode() + end)
                while one.recv(4_096):
                    pass
    said = capfd.readouterr().err
    assert token not in said
    assert "Traceback" not in said
    assert not re.search(r"GET|HTTP/|\.py", said)
    assert len(said.splitlines()) <= MOST_SAID + 2


class Line(asyncio.Transport):
    """Stands in for a connection."""

    aborted = False

    def abort(self):
        self.aborted = True


async def test_the_oldest_connection_makes_room_and_none_stays_for_long():
    waiting = ConnectionQueue(most=2, patience=0.05)
    first, second, third = Line(), Line(), Line()
    for one in (first, second, third):
        waiting.add(one)
    assert [one.aborted for one in (first, second, third)] == [True, False, False]
    waiting.remove(second)
    await asyncio.sleep(0.2)
    assert [one.aborted for one in (second, third)] == [False, True]


def test_the_bounds_leave_files_for_those_who_work():
    assert MOST_WAITING < 1_024 / 2


def test_the_log_ends(capsys):
    import logging

    log = ShortLog()
    for number in range(3 * MOST_SAID):
        log.emit(logging.LogRecord("aiohttp", logging.ERROR, "", 0, f"secret {number}", (), None))
    said = capsys.readouterr().err
    assert "secret" not in said
    assert len(said.splitlines()) == MOST_SAID + 1
