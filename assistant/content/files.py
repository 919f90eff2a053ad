"""Reads a content folder's files as text, and says which belong to no part of the guide."""

from collections.abc import Container, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from assistant.errors import GuideError
from assistant.problems import Problem, did_you_mean, position_after

SECTIONS: Mapping[str, str] = MappingProxyType(
    {
        "about": "guide",
        "documents": "documents",
        "groups": "groups",
        "questions": "questions",
        "tree": "tree",
        "outcomes": "outcomes",
        "glossary": "glossary",
        "topics": "topics",
        "situations": "situations",
    }
)
"""Parts of the guide, and the file (or folder of files) that each is read from."""


PRACTICE = "practice"
"""The folder below the guide's that holds what is practised with; it is no part of the guide."""


def read_files(
    folder: Path, sections: Mapping[str, str] = SECTIONS
) -> tuple[dict[str, str], list[Problem]]:
    """Give each file's text by its name below `folder`, line endings made alike."""
    _refuse_unless_there(folder)
    texts: dict[str, str] = {}
    problems = []
    for path in sorted(folder.rglob("*.y*ml")):
        name = path.relative_to(folder).as_posix()
        if name.startswith(f"{PRACTICE}/"):
            continue
        if path.suffix != ".yaml" or root_of(name, sections) not in sections:
            problems.append(_unknown_file(name, sections))
            continue
        try:
            texts[name] = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            place = position_after(error.object[: error.start].decode("utf-8"))
            problems.append(Problem(name, *place, "the file is not UTF-8 text", "encoding"))
        except OSError as error:
            raise GuideError(
                f"A file of the guide cannot be read: {error.strerror}.", where=str(path)
            ) from None
    names = (*texts, *(problem.file for problem in problems))
    present = {root_of(name, sections) for name in names}
    return texts, [*problems, *_missing_files(present, sections)]


def _refuse_unless_there(folder: Path) -> None:
    try:
        there = folder.is_dir()
    except OSError:
        there = False
    if not there:
        raise GuideError(
            "The guide's folder is not there.",
            where=str(folder),
            mend="check the folder's name, or leave it out to use the guide that came along.",
        )


def root_of(name: str, sections: Mapping[str, str] = SECTIONS) -> str:
    """Give the part of the guide that a file belongs to; empty where there is none."""
    stem = name.split("/", maxsplit=1)[0].removesuffix(".yaml")
    return next((root for root, place in sections.items() if place == stem), "")


def _unknown_file(name: str, sections: Mapping[str, str]) -> Problem:
    known = sections.values() if name.endswith(".yaml") else [f"{name.removesuffix('.yml')}.yaml"]
    hint = did_you_mean(name.removesuffix(".yaml"), known)
    return Problem(name, 1, 1, f"no part of the guide is read here{hint}", "unknown-file")


def _missing_files(present: Container[str], sections: Mapping[str, str]) -> Iterator[Problem]:
    for root, place in sections.items():
        if root not in present:
            message = "this part of the guide is missing"
            yield Problem(f"{place}.yaml", 1, 1, message, "missing-file")
