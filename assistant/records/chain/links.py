"""How records are chained: each carries the hash of the one before, so that no change goes unseen.

The hash of a record's content is salted with a number of its own, which is erased with the content:
a case number that was erased cannot then be found by trying all numbers.
"""

import hashlib
import secrets
from dataclasses import dataclass

NOTHING_BEFORE = "0" * 64
"""Stands for the hash before the first record."""


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain: which store, how many records, and the last one's hash."""

    store_id: str
    count: int
    hash: str


@dataclass(frozen=True, slots=True)
class Link:
    """What ties a record to the one before: all hashes are 64 hexadecimal digits."""

    seq: int
    salt: str
    content_hash: str
    previous: str
    hash: str


def next_link(head: Head, text: str) -> Link:
    """Give the link that ties a record's text to the end of a chain."""
    salt = secrets.token_hex(16)
    content_hash = hash_of_content(salt, text)
    seq = head.count + 1
    return Link(seq, salt, content_hash, head.hash, hash_of_link(seq, head.hash, content_hash))


def hash_of_content(salt: str, text: str) -> str:
    """Give the hash of a record's text under its salt."""
    return _hash(f"{salt} {text}")


def hash_of_link(seq: int, previous: str, content_hash: str) -> str:
    """Give the hash of a record in its place."""
    return _hash(f"{seq} {previous} {content_hash}")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
