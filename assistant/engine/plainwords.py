"""Everyday English folded together, so that a worker's words and the guide's can meet.

Only general words stand here; the words of the field belong to the guide.
"""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

_SAID_AS = (
    "child kid kids children",
    "mother mom moms mommy mum mama",
    "father dad dads daddy papa",
    "grandmother grandma grandmas granny nana",
    "grandfather grandpa granddad",
    "youth teen teens teenager teenage adolescent",
    "newborn baby babies infant infants",
    "sibling brother sister",
    "court judge magistrate",
    "go going goes went gone",
    "come coming comes came",
    "stay staying stays stayed remain remains remaining",
    "close closing closes closed",
    "preventive prevention preventative",
    "kinship kin",
    "place placed places placing",
    "remove removed removes removing removal",
    "adopt adopted adopts adopting",
    "reunification reunify reunified reunifying reunite reunited reunion",
    "investigation investigate investigated investigating investigates",
    "supervision supervise supervised supervising",
    "visit visits visiting visitation",
    "terminate terminated termination",
    "disrupt disrupted disruption",
    "finalized finalised finalize finalise",
    "hospital hospitalized hospitalised hospitalization",
    "appeal appealed appealing",
    "transfer transferred transferring",
    "sign signed signs signing",
    "change changed changes changing",
    "run runs running ran",
    "no without",
    "two 2",
    "six 6",
)
"""Words that count as one, each line led by the one they count as."""

_SAME: Mapping[str, str] = MappingProxyType(
    {word: line.split()[0] for line in _SAID_AS for word in line.split()}
)

_TELLING_NOTHING = (
    "a about am an and are as at be because been being but by can could did do does for",
    "from had has have having he her him his how i if in is it its just me my now of on or our",
    "she should so that the their them there these they this those to us was we were what",
    "when which while who why will with would you your",
)

_LEFT_OUT = frozenset(word for line in _TELLING_NOTHING for word in line.split())
"""Words that tell nothing apart; "no", "not" and "without" do, and are not here."""

_COMPOUNDS = (
    (re.compile(r"\bin[- ]home\b"), "inhome"),
    (re.compile(r"\bout[- ]of[- ]home\b"), "outofhome"),
    (re.compile(r"\b(non|pre|post|self)[- ](?=[a-z])"), r"\1"),
)
"""Words written as one, with a hyphen or apart."""

_SHORTEST_PLURAL = 4
"""Letters a word has at least if its last "s" may be a plural's."""


def plain_words(text: str) -> tuple[str, ...]:
    """Give the words of text that tell something, folded, in the order they stand."""
    return tuple(dict.fromkeys(_folded(text)))


def _folded(text: str) -> Iterator[str]:
    lowered = text.casefold().replace("'", "").replace("’", "")
    for pattern, word in _COMPOUNDS:
        lowered = pattern.sub(word, lowered)
    for word in re.findall(r"[a-z0-9]+", lowered):
        if word not in _LEFT_OUT:
            single = _singular(_SAME.get(word, word))
            yield _SAME.get(single, single)


def _singular(word: str) -> str:
    if len(word) < _SHORTEST_PLURAL or not word.endswith("s") or word.endswith("ss"):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") else word[:-1]
