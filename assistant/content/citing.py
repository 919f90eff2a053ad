"""Finds every citation in the guide, and holds its words against the documents themselves."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from assistant.content.model import Cite, Document, Guide, Shape
from assistant.content.problems import Fault, KeyPath
from assistant.errors import GuideError

_CURLY = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\N{NO-BREAK SPACE}": " "})


def cites_in(guide: Guide) -> Iterator[tuple[KeyPath, Cite]]:
    """Give every citation with the path that leads to it."""
    yield from _cites_below((), guide)


def stale_cites(guide: Guide, folder: Path) -> list[Fault]:
    """Give each citation whose words do not stand in the section it names.

    `folder` holds the documents under the file names of documents.yaml. Words are compared exactly,
    but for white space and curly quotes. Raises `GuideError` when a document cannot be read.
    """
    sections = {
        name: _sections(document, _text_of(document, folder))
        for name, document in guide.documents.items()
    }
    faults = []
    for path, cite in cites_in(guide):
        if _plain(cite.words) not in sections[cite.document][cite.section]:
            message = f"{cite.words!r} does not stand in {cite.section!r} of {cite.document}"
            faults.append(Fault((*path, "words"), message, "stale-quote"))
    return faults


def _cites_below(path: KeyPath, value: object) -> Iterator[tuple[KeyPath, Cite]]:
    if isinstance(value, Cite):
        yield path, value
    elif isinstance(value, Shape):
        for name, item in vars(value).items():
            yield from _cites_below((*path, name), item)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _cites_below((*path, key), item)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _cites_below((*path, index), item)


def _text_of(document: Document, folder: Path) -> str:
    path = folder / document.file
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise GuideError(
            "A document that the guide cites cannot be read.",
            where=str(path),
            mend="name the folder that holds the agency's documents as text files.",
        ) from None


def _sections(document: Document, text: str) -> dict[str, str]:
    """Give each section's text: from the line that is its name to the line that is the next's."""
    names = {_plain(name): name for name in document.sections}
    texts = dict.fromkeys(document.sections, "")
    current = document.sections[0]
    for line in text.splitlines():
        current = names.get(_plain(line), current)
        texts[current] += line + "\n"
    return {name: _plain(found) for name, found in texts.items()}


def _plain(text: str) -> str:
    return " ".join(text.translate(_CURLY).split())
