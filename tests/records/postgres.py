"""A real PostgreSQL for tests, on a free loopback port, and a proxy that loses its connections."""

import os
import select
import shutil
import socket
import subprocess
import tempfile
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from psycopg.sql import SQL

from assistant.records.database import Database

NOBODY = 65534
PASSWORD = "geheim-5d1f"  # noqa: S105 - of a server that lives as long as the tests
ADMIN, WORKER, READER = "admin", "worker", "reader"


def programs() -> Path | None:
    """Return the folder of PostgreSQL's programs, wherever it was installed."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "pg_ctl").exists()), None)


class Server:
    """A server of its own in a folder of its own; PostgreSQL does not run as root."""

    def __init__(self, folder: Path, bin_: Path, *, safe: bool = False) -> None:
        self._folder, self._bin = folder, bin_
        self._fsync = "on" if safe else "off"
        self.port = free_port()
        root = os.name != "nt" and os.geteuid() == 0
        self._as: dict[str, Any] = (
            {"user": NOBODY, "group": NOBODY, "extra_groups": []} if root else {}
        )
        if root:
            os.chown(folder, NOBODY, NOBODY)

    def make(self) -> None:
        words = self._folder / "words"
        words.write_text(PASSWORD, encoding="utf-8")
        words.chmod(0o644)
        self._run("initdb", "--username", ADMIN, "--auth", "scram-sha-256", "--pwfile", str(words),
                  "--encoding", "UTF8", "--locale", "C", "--no-sync")  # fmt: skip

    def start(self) -> None:
        only_here = "-c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
        options = f"-p {self.port} {only_here} -c fsync={self._fsync}"
        log = str(self._folder / "log")
        self._run("pg_ctl", "start", "--wait", "--silent", "--log", log, "--options", options)

    def kill(self) -> None:
        """End it as a crash would: nothing is finished and nobody is told."""
        self._run("pg_ctl", "stop", "--wait", "--silent", "--mode", "immediate")

    @contextmanager
    def outlived_by_nobody(self) -> Iterator[None]:
        """End it with the tests, even where those are killed: that closes the pipe to a watcher."""
        stop = [str(self._bin / "pg_ctl"), "stop", "--silent", "--mode", "immediate"]
        watcher = subprocess.Popen(
            [
                "sh",
                "-c",
                'read _; exec "$@"',
                "watcher",
                *stop,
                "--pgdata",
                str(self._folder / "data"),
            ],
            stdin=subprocess.PIPE,
            start_new_session=True,  # so that what ends the tests does not end it too
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=self._folder,
            **self._as,
        )
        try:
            yield
        finally:
            watcher.communicate()

    def url(self, database: str, user: str = WORKER, port: int = 0) -> str:
        return f"postgresql://{user}:{PASSWORD}@127.0.0.1:{port or self.port}/{database}"

    def run(self, statement: str, database: str = "postgres") -> None:
        with self.connected(database) as connection:
            connection.execute(SQL(statement))

    def connected(self, database: str) -> psycopg.Connection[Any]:
        return psycopg.connect(self.url(database, ADMIN), autocommit=True)

    def new_database(self) -> str:
        """Make an empty database that the worker owns, and give its name."""
        name = f"records_{uuid.uuid4().hex[:12]}"
        self.run(f"CREATE DATABASE {name} OWNER {WORKER}")
        self.close_to_others(name)
        return name

    def close_to_others(self, database: str) -> None:
        """Let nobody but its owner make tables, as newer servers do by themselves."""
        self.run("REVOKE CREATE ON SCHEMA public FROM PUBLIC", database)
        self.run(
            f"GRANT ALL ON SCHEMA public TO {ADMIN if database == 'postgres' else WORKER}", database
        )

    def _run(self, program: str, *words: str) -> None:
        command = [str(self._bin / program), "--pgdata", str(self._folder / "data"), *words]
        subprocess.run(
            command,
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=self._folder,
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"},
            **self._as,
        )


def at_revision(database: Database, revision: str) -> None:
    """Make the tables step by step, up to a revision."""
    config = Config()
    config.set_main_option("script_location", "assistant.records:migrations")
    with database.writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        database.mark(connection)


@contextmanager
def running(*, safe: bool = False) -> Iterator[Server]:
    """Yield a server with a user who records and one who only reads; skips where none is installed.

    What it says is written outlives a power cut only if it is to be `safe`, which takes longer.
    """
    bin_ = programs()
    if bin_ is None:
        pytest.skip("PostgreSQL is not installed")
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    server = Server(folder, bin_, safe=safe)
    try:
        server.make()
        with server.outlived_by_nobody():
            server.start()
            for user in (WORKER, READER):
                server.run(f"CREATE ROLE {user} LOGIN PASSWORD '{PASSWORD}'")
            server.close_to_others("postgres")
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


Lose = Callable[[bytes], str]


class Proxy:
    """Passes connections on to a port, and loses one where `lose` says so.

    `lose` is asked at each message of a client, with all that it said so far. It answers "request",
    so that the server never hears that message; "answer", so that it does, and nobody hears what
    came of it; or nothing. It is asked no more after the first loss.
    """

    def __init__(self, port: int) -> None:
        self._target = ("127.0.0.1", port)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self.lose: Lose | None = None
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listening.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with suppress(OSError), client, socket.create_connection(self._target) as server:
            heard, deaf = b"", False
            while True:
                ready, _, _ = select.select([client, server], [], [])
                data = ready[0].recv(65536)
                if not data or (ready[0] is server and deaf):
                    return
                if ready[0] is client:
                    heard += data
                    lost = self._lost_now(heard)
                    if lost == "request":
                        return
                    deaf = lost == "answer"
                (server if ready[0] is client else client).sendall(data)

    def _lost_now(self, heard: bytes) -> str:
        lost = self.lose(heard) if self.lose else ""
        self.lose = None if lost else self.lose
        return lost


def commits_an_entry(heard: bytes) -> bool:
    """Tell whether a client now says that what it added is to stay."""
    return b"INSERT INTO entries" in heard and heard.endswith(b"COMMIT\0")
