"""Under which names a server answers, and which sockets it can have."""

import socket

import pytest

from assistant.errors import UsageError
from assistant.web.pages import Address
from assistant.web.server import listen

LOOPBACK = Address("127.0.0.1", "127.0.0.1", 8000)
NAMED = Address("Classroom-PC", "192.168.1.5", 8000)
WILD = Address("0.0.0.0", "0.0.0.0", 8000)  # noqa: S104 - nothing listens


@pytest.mark.parametrize(
    ("place", "names"),
    [
        (LOOPBACK, ["127.0.0.1:8000", "localhost:8000", "LOCALHOST:8000", "[::1]:8000"]),
        (NAMED, ["classroom-pc:8000", "Classroom-PC:8000"]),
        (WILD, ["192.168.1.5:8000", "[fe80::1]:8000", f"{socket.gethostname()}:8000"]),
        (Address("::1", "::1", 80), ["[::1]", "[::1]:80", "localhost"]),
    ],
)
def test_own_names(place, names):
    assert [name for name in names if not place.is_named_by(name)] == []


@pytest.mark.parametrize("place", [LOOPBACK, NAMED, WILD])
@pytest.mark.parametrize(
    "name",
    [
        "",
        "evil.example:8000",
        "evil.example",
        "127.0.0.1",
        "localhost:8001",
        "localhost:8000.evil.x",
    ],
)
def test_foreign_names(place, name):
    """A name that somebody else owns can be made to lead here, and is refused."""
    assert not place.is_named_by(name)


def test_loopback():
    """Only loopback is loopback; every address at once is not."""
    assert LOOPBACK.is_loopback
    assert not NAMED.is_loopback
    assert not WILD.is_loopback


@pytest.mark.parametrize(
    ("place", "origin"),
    [
        (LOOPBACK, "http://127.0.0.1:8000"),
        (NAMED, "http://classroom-pc:8000"),
        (Address("::1", "::1", 80), "http://[::1]"),
    ],
)
def test_origin(place, origin):
    assert place.origin == origin


def test_any_free_port():
    """Port 0 takes one, and says which."""
    listening, place = listen("127.0.0.1", 0)
    with listening:
        assert place == Address("127.0.0.1", "127.0.0.1", listening.getsockname()[1])
        with pytest.raises(UsageError, match="another program already uses that port"):
            listen("127.0.0.1", place.port)


@pytest.mark.parametrize(
    ("host", "said"),
    [
        ("no-such-host.invalid", "does not know that name"),
        ("a" * 300, "does not know that name"),
        ("", "does not know that name"),
        ("192.0.2.1", "not an address of this computer"),
    ],
)
def test_host_that_cannot_be(host, said):
    """The sentence says what is wrong and what to do; none of it is a traceback."""
    with pytest.raises(UsageError, match=said) as error:
        listen(host, 0)
    assert "--host" in error.value.mend
