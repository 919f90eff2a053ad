"""The address of a database: mistakes are said without repeating it, and it is shown without secrets."""

import pytest
from sqlalchemy import make_url

from assistant.settings import server_of, url_mistake, without_secrets

SECRET = "geheim-5d1f"  # noqa: S105 - of no server

GOOD = [
    f"postgresql://worker:{SECRET}@db.agency.org/records",
    f"postgresql+psycopg://worker:{SECRET}@db.agency.org:6432/records?sslmode=verify-full",
    "postgresql://worker@localhost/records",
    "postgresql://db/records",
    f"postgresql://worker:{SECRET}%40%2F@[::1]:5432/records",
    f"postgresql://worker:{SECRET}:/x@10.0.0.1/records",
    "postgresql:///records?host=/run/postgresql",
]

BAD = [
    f"mysql://worker:{SECRET}@db/records",
    f"postgres://worker:{SECRET}@db/records",
    f"host=db password={SECRET}",
    f"postgresql://worker:{SECRET}@db",
    f"postgresql://worker:{SECRET}@db/",
    f"postgresql://worker:x@{SECRET}@db/records",
    f"postgresql://worker:{SECRET}@db:port/records",
    f"postgresql://worker:{SECRET}@-db-/records",
    f"postgresql://worker:{SECRET}@{'a' * 64}/records",
    f"postgresql://worker:{SECRET} x@db/records",
    f"postgresql://worker@db/records?password={SECRET}",
    f"postgresql://worker@db/records?sslpassword={SECRET}",
    f"postgresql://worker@db/records#{SECRET}",
    f"postgresql://worker:{SECRET}@db/rec\x1b[2Jords",
]


@pytest.mark.parametrize("url", GOOD)
def test_an_address_that_will_do_has_no_mistake(url):
    assert url_mistake(url) == ""


@pytest.mark.parametrize("url", BAD)
def test_a_mistake_is_said_without_repeating_the_address(url):
    """Nobody reads a password over a shoulder, or in what is sent to whoever helps."""
    said = url_mistake(url)
    assert said
    assert not any(part in said for part in (SECRET, "worker", "db", "records?"))


@pytest.mark.parametrize("url", [*GOOD, *BAD])
def test_an_address_is_shown_without_its_password(url):
    assert SECRET not in without_secrets(url)


def test_all_but_secrets_is_shown():
    assert without_secrets(GOOD[1]) == (
        "postgresql+psycopg://worker:***@db.agency.org:6432/records?sslmode=verify-full"
    )
    assert without_secrets("postgresql://worker@db/records?options=x") == (
        "postgresql://worker@db/records?options=***"
    )


@pytest.mark.parametrize("url", GOOD)
def test_the_server_is_the_one_that_is_reached(url):
    """What is named to a person is what SQLAlchemy makes of the address."""
    made, server = make_url(url), server_of(url)
    assert server.name == made.database
    assert server.host.strip("[]") == (made.host or made.query["host"])
    assert server.port == (made.port or 5432)


def test_a_server_is_named_in_words():
    assert str(server_of(GOOD[0])) == "PostgreSQL database records at db.agency.org:5432"
