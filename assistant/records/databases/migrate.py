"""Brings a store to today's schema: made whole when it is new, changed by Alembic when it is old."""

import secrets

from sqlalchemy import Connection, insert, inspect, select

from assistant.errors import RecordsDamagedError, RecordsNewerError
from assistant.records.chain.links import NOTHING_BEFORE
from assistant.records.databases.database import Database
from assistant.records.schema import CHAIN, HEAD, REVISION, REVISIONS, TABLES


def prepare(database: Database) -> None:
    """Bring a store to the newest schema, in one transaction that holds the write lock.

    A store that is there already is only read, so opening it never waits for a writer; an older
    one is copied before it is changed. Raises `RecordsNewerError` for a revision that is not known
    here, `RecordsDamagedError` for none.
    """
    with database.reading() as connection:
        database.refuse_foreign(connection)
        if revision_of(connection, database.where) == HEAD:
            return
    with database.writing() as connection:
        database.begin_changing_tables(connection)
        database.refuse_foreign(connection)
        revision = revision_of(connection, database.where)
        if revision is None:
            create(connection)
            database.mark(connection)
        elif revision != HEAD:
            database.back_up(connection, revision)
            with database.readable():
                upgrade(connection)


def create(connection: Connection) -> None:
    """Make every table at once, with an empty chain; a test holds this to what Alembic makes."""
    TABLES.create_all(connection, checkfirst=False)
    REVISION.create(connection, checkfirst=False)
    connection.execute(insert(REVISION).values(version_num=HEAD))
    connection.execute(
        insert(CHAIN).values(store_id=secrets.token_hex(16), count=0, hash=NOTHING_BEFORE)
    )


def upgrade(connection: Connection) -> None:
    """Run Alembic up to the newest revision, inside the caller's transaction."""
    from alembic import command  # noqa: PLC0415 - 0.1 s, and only an old store needs it
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", "assistant.records:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def revision_of(connection: Connection, where: str) -> str | None:
    """Give the store's revision, None where it is empty."""
    tables = inspect(connection).get_table_names()
    if not tables:
        return None
    query = select(REVISION.c.version_num)
    revision: str | None = connection.scalar(query) if REVISION.name in tables else None
    if revision is None:
        raise RecordsDamagedError(
            "The records file does not say which version it is.",
            where=where,
            mend="It was left as it is. Keep it, and put back a copy made before. To begin anew and keep it"
            " beside the new ones: `service-group records set-aside`.",
        )
    if revision not in REVISIONS:
        raise RecordsNewerError(
            "These records were made by a newer version of the assistant.",
            where=where,
            mend="Install the newest version of the assistant and open them with that.",
        )
    return revision
