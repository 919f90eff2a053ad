"""No message, log, output or report shows the password of a shared store, whatever goes wrong."""

import logging
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest
from psycopg import OperationalError

from assistant.cli import main
from assistant.errors import (
    RecordsError,
    RecordsPendingError,
    RecordsUnreachableError,
    crash_report,
)
from assistant.records.entry import Entry
from assistant.records.postgres import PostgresDatabase
from assistant.records.store import open_store
from assistant.services import real_services
from tests.records.postgres import PASSWORD, Server, free_port

MakeEntry = Callable[..., Entry]

WRONG = "wrong-9c2e"


def without_server(_postgres: Server) -> str:
    return f"postgresql://worker:{PASSWORD}@127.0.0.1:{free_port()}/records"


def unknown_host(_postgres: Server) -> str:
    return f"postgresql://worker:{PASSWORD}@nowhere.invalid/records"


def wrong_password(postgres: Server) -> str:
    return f"postgresql://worker:{WRONG}@127.0.0.1:{postgres.port}/postgres"


def unknown_user(postgres: Server) -> str:
    return f"postgresql://nobody:{PASSWORD}@127.0.0.1:{postgres.port}/postgres"


def unknown_database(postgres: Server) -> str:
    return postgres.url("none")


def unknown_option(postgres: Server) -> str:
    return f"{postgres.url('postgres')}?colour=blue"


def no_encryption(postgres: Server) -> str:
    return f"{postgres.url('postgres')}?sslmode=require"


def not_allowed(postgres: Server) -> str:
    return postgres.url("postgres")


TROUBLES = {
    without_server: "cannot be reached",
    unknown_host: "cannot be reached",
    wrong_password: "does not accept the user or the password",
    unknown_user: "does not accept the user or the password",
    unknown_database: "has no database with the name",
    unknown_option: "has an option that does not exist",
    no_encryption: "is not safe",
    not_allowed: "is not allowed to do this",
}

trouble = pytest.mark.parametrize(
    ("address", "said"), TROUBLES.items(), ids=lambda each: getattr(each, "__name__", "")
)


def secret_in(text: str) -> bool:
    return any(secret in text for secret in (PASSWORD, WRONG))


@trouble
def test_trouble_is_told_in_plain_words_without_the_password(
    request: pytest.FixtureRequest, entry: MakeEntry, address, said: str, caplog
) -> None:
    """Sentence, traceback, crash report, log and output, for a list as for a save."""
    caplog.set_level(logging.DEBUG)
    capfd, postgres, folder = map(request.getfixturevalue, ("capfd", "postgres", "data_folder"))
    store = open_store(folder, url=address(postgres))
    for use in (store.count, lambda: store.add(entry())):
        with pytest.raises(RecordsError, match=said) as caught:
            use()
        text = "".join(traceback.format_exception(caught.value)) + crash_report(caught.value)
        assert not secret_in(text)
    assert not secret_in(caplog.text + "".join(capfd.readouterr()))


@trouble
def test_commands_show_no_password(
    postgres: Server, monkeypatch, address, said: str, capfd
) -> None:
    """The health check, the settings and the list name the server, and end with a sentence."""
    monkeypatch.setenv("SERVICE_GROUP_RECORDS_URL", address(postgres))
    assert main(["settings"]) == 0
    assert main(["records", "list"]) == 1
    main(["doctor"])
    output = "".join(capfd.readouterr())
    assert not secret_in(output)
    assert "worker:***@" in output or "nobody:***@" in output
    assert said in output


def test_a_store_is_shown_without_its_password(
    postgres: Server, database: str, monkeypatch, data_folder, entry: MakeEntry
) -> None:
    """To a programmer, who may send on what is on the screen."""
    monkeypatch.setenv("SERVICE_GROUP_RECORDS_URL", database)
    services = real_services()
    store = services.open_records()
    store.add(entry())
    shown = f"{services}{services.settings}{store}{vars(store)}{store.where}"
    assert not secret_in(shown)
    assert not any(secret_in(path.name) for path in data_folder.rglob("*"))


def test_a_password_may_come_from_the_environment_or_a_file(
    postgres: Server, database: str, monkeypatch, data_folder, tmp_path
) -> None:
    """As PostgreSQL's own programs look for it, so that no address has to hold one."""
    bare = database.replace(f":{PASSWORD}", "")
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "none"))
    with pytest.raises(RecordsUnreachableError, match="does not accept the user or the password"):
        open_store(data_folder, url=bare).count()
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    assert open_store(data_folder, url=bare).count() == 0
    monkeypatch.delenv("PGPASSWORD")
    kept = tmp_path / "pgpass"
    kept.write_text(f"127.0.0.1:*:*:worker:{PASSWORD}\n", encoding="utf-8")
    kept.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(kept))
    assert open_store(data_folder, url=bare).count() == 0


def test_what_waits_holds_no_password(postgres: Server, data_folder, entry: MakeEntry) -> None:
    """A file on the computer outlives the address."""
    with pytest.raises(RecordsPendingError):
        open_store(data_folder, url=without_server(postgres)).add(entry())
    (file,) = (data_folder / "pending").iterdir()
    assert not secret_in(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("connection failed: SSL error: certificate verify failed", "certificate"),
        ('root certificate file "/none/root.crt" does not exist', "certificate"),
        ('server certificate for "db" does not match host name "x"', "certificate"),
        ('FATAL:  role "nobody" does not exist', "user or the password"),
        ('FATAL:  password authentication failed for user "worker"', "user or the password"),
        ('FATAL:  database "none" does not exist', "no database"),
        ('FATAL:  no pg_hba.conf entry for host "10.0.0.1"', "let this computer in"),
        ("connection refused", "cannot be reached"),
        ("connection timeout expired", "cannot be reached"),
    ],
)
def test_what_is_said_while_connecting_is_told_apart(words: str, said: str) -> None:
    """A server that answers gives no code there, and is not one that cannot be reached."""
    database = PostgresDatabase("postgresql://worker@db.example.org/records", Path(), patience=1)
    told = database.explain(OperationalError(words))
    assert said in told.what
    assert isinstance(told, RecordsUnreachableError)
