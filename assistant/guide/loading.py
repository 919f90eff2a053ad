"""A guide read, checked and proven; the last proven one is kept, and not proven again."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Annotated, Any, get_args, get_origin

from assistant.errors import GuideError
from assistant.guide.model import Guide, Proof
from assistant.guide.problems import GuideFault, GuideProblemsError, Problem
from assistant.private import foreign_text, private_folder, refuse_planted, replace_private
from assistant.settings import DECISIONS_VARIABLE
from assistant.shapes import Frozen
from assistant.text import did_you_mean, hash_of, position_after

if TYPE_CHECKING:
    from assistant.guide.reading import Source


_MOST_BYTES = 64_000_000  # no file of a guide comes near this
FILE = "guide.kept.json"  # name of the file in which a guide found valid and proven is kept


def cache_guide(folder: Path, raw_hash: str, data: Mapping[str, object], proof: Proof) -> None:
    """Keep the plain data of a proven guide; a folder that cannot be written is no error."""
    payload = json.dumps({"data": data, "proof": asdict(proof)}, ensure_ascii=False)
    head = json.dumps({"files": raw_hash, "digest": _digest(payload, raw_hash)})
    with suppress(OSError):
        replace_private(private_folder(folder) / FILE, f"{head}\n{payload}".encode())


def cached_guide(folder: Path, raw_hash: str) -> tuple[Guide, Proof] | None:
    """Return the guide kept for files with this hash by the same code, None where there is none."""
    try:
        refuse_planted(folder / FILE)
        head, payload = foreign_text(folder / FILE, _MOST_BYTES).split("\n", maxsplit=1)
        if json.loads(head) != {"files": raw_hash, "digest": _digest(payload, raw_hash)}:
            return None
        kept = json.loads(payload)
        witnesses = {
            name: tuple((fact, value) for fact, value in answers)
            for name, answers in kept["proof"].pop("witnesses").items()
        }
        proof = Proof(**kept["proof"] | {"faults": ()}, witnesses=witnesses)
        return _builder(Guide)(kept["data"]), proof
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _digest(payload: str, raw_hash: str) -> str:
    return hash_of(f"{raw_hash}\n{_code_hash()}\n{payload}")


@cache
def _code_hash() -> str:
    """Return what changes with any code that reads, checks or proves a guide."""
    code = sorted(Path(__file__).parent.glob("*.py"))
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in code)).hexdigest()


@cache
def _builder(kind: Any) -> Callable[[Any], Any]:  # noqa: ANN401 - follows whatever the shapes hold
    """Return what builds `kind` from plain data that was valid for it."""
    if get_origin(kind) is Annotated:
        return _builder(get_args(kind)[0])
    if is_dataclass(kind):
        shape: Any = kind
        kinds: dict[str, Any] = {field.name: field.type for field in fields(shape)}
        each = {name: _builder(field) for name, field in kinds.items()}
        return lambda data: shape(**{name: each[name](value) for name, value in data.items()})
    if get_origin(kind) is tuple:
        item = _builder(get_args(kind)[0])
        return tuple if item is str else lambda data: tuple([item(one) for one in data])
    if get_origin(kind) is Mapping:
        value = _builder(get_args(kind)[1])
        return dict if value is str else lambda data: {key: value(one) for key, one in data.items()}
    return int if kind is int else str


SECTIONS: Mapping[str, str] = {
    "about": "guide",
    "documents": "documents",
    "groups": "groups",
    "questions": "questions",
    "tree": "tree",
    "outcomes": "outcomes",
    "glossary": "glossary",
    "topics": "topics",
    "situations": "situations",
    "comparisons": "comparisons",
    "card": "card",
    "readings": "readings",
    "codes": "codes",
}
"""Parts of the guide, and the file (or folder of files) that each is read from."""

_MAY_BE_LEFT_OUT = frozenset(
    {"comparisons", "card", "codes", "readings", "misunderstandings"}
)  # parts a guide can do without
_DECISIONS = "decisions.yaml"  # the agency's own file, whatever and wherever it is
PRACTICE = "practice"  # the folder of the practice content, which is no part of the guide
EARLIER = "earlier"  # the folder of the words of earlier guides, which is no part of the guide
NEW = "new"  # the folder of a small guide to begin another from, which is no part of this one


def read_files(
    folder: Path, sections: Mapping[str, str] = SECTIONS
) -> tuple[dict[str, str], list[Problem]]:
    """Return each file's text by its name below `folder`, line endings made alike."""
    _refuse_unless_there(folder)
    texts: dict[str, str] = {}
    problems = []
    for path in sorted(folder.rglob("*.y*ml")):
        name = path.relative_to(folder).as_posix()
        if name.startswith((f"{PRACTICE}/", f"{EARLIER}/", f"{NEW}/")):
            continue
        if path.suffix != ".yaml" or root_of(name, sections) not in sections:
            places = (
                sections.values()
                if path.suffix == ".yaml"
                else [f"{name.removesuffix('.yml')}.yaml"]
            )
            hint = did_you_mean(name.removesuffix(".yaml"), places)
            message = f"no part of the guide is read here{hint}"
            problems.append(Problem(name, 1, 1, message, "unknown-file"))
            continue
        try:
            texts[name] = _read_text(path)
        except UnicodeDecodeError as error:
            problems.append(_not_text(name, error))
    names = (*texts, *(problem.file for problem in problems))
    present = {root_of(name, sections) for name in names}
    problems += [
        Problem(f"{place}.yaml", 1, 1, "this part of the guide is missing", "missing-file")
        for root, place in sections.items()
        if root not in present and root not in _MAY_BE_LEFT_OUT
    ]
    return texts, problems


def _read_text(path: Path, what: str = "A file of the guide", mend: str = "") -> str:
    """Return a file's text, line endings made alike; raises `UnicodeDecodeError` where it is none."""
    try:
        return foreign_text(path, _MOST_BYTES)
    except OSError as error:
        raise GuideError(
            f"{what} cannot be read: {error.strerror}.", where=str(path), mend=mend
        ) from None


def _not_text(name: str, error: UnicodeDecodeError) -> Problem:
    place = position_after(error.object[: error.start].decode("utf-8"))
    return Problem(name, *place, f"the file is {error.reason}", "encoding")


def _refuse_unless_there(folder: Path) -> None:
    try:
        there = folder.is_dir()
    except OSError:
        there = False
    if not there:
        raise GuideError(
            "The guide's folder does not exist.",
            where=str(folder),
            mend="check the folder's name, or leave it out to use the guide that came with the assistant.",
        )


def root_of(name: str, sections: Mapping[str, str] = SECTIONS) -> str:
    """Return the part of the guide that a file belongs to; empty where there is none."""
    stem = name.split("/", maxsplit=1)[0].removesuffix(".yaml")
    return next((root for root, place in sections.items() if place == stem), "")


def parsed(
    texts: Mapping[str, str], problems: list[Problem], sections: Mapping[str, str] = SECTIONS
) -> "Source":
    """Return the data in files, each below the part that its name in `sections` makes it.

    `problems` are those met while reading; the files that they name count as not read.
    """
    # Only a guide that is not kept needs the YAML parser.
    from assistant.guide.reading import Source  # noqa: PLC0415

    unread = {problem.file for problem in problems if problem.rule != "unknown-file"}
    source = Source(problems=problems, unread=unread)
    for name, text in texts.items():
        source.read(text, name, root_of(name, sections))
    return source


def with_positions(source: "Source", faults: Iterable[GuideFault]) -> list[Problem]:
    """Return each fault with the file, line and column of what it is about."""
    return [
        Problem(*source.place(fault.path, of_key=fault.of_key), fault.message, fault.rule)
        for fault in faults
    ]


def new_problems(source: "Source", faults: Iterable[GuideFault]) -> list[Problem]:
    """Return faults with their positions, less those that only follow from a mistake already named.

    A fault without a path is that a whole part is missing; an alias gives no value.
    """
    named = {(p.file, p.line, p.column) for p in source.problems if p.rule == "anchor"}
    return [
        problem
        for problem in with_positions(source, (fault for fault in faults if fault.path))
        if problem.file not in source.unread
        and (problem.file, problem.line, problem.column) not in named
    ]


class LoadedGuide(Frozen):
    """A guide that holds together, with what tells it apart from any other.

    `raw_hash` changes with any byte but line endings; `meaning_hash` only with the decision itself,
    which `decision` holds as JSON. `folder` is where it was read from.
    Times are in milliseconds.
    """

    guide: Guide
    proof: Proof
    raw_hash: str
    meaning_hash: str
    decision: str
    load_ms: float
    proof_ms: float
    folder: Path


def load_guide(
    folder: Path, kept_in: Path | None = None, decisions: Path | None = None
) -> LoadedGuide:
    """Read, check and prove the guide in `folder`, with an agency's own `decisions` in it.

    `kept_in` is a folder where a proven guide is kept, so that the next start need not parse,
    validate and prove the same files again. Raises `GuideError` when the folder cannot be read,
    `GuideProblemsError` when the guide has mistakes.
    """
    started = before_proof = done = perf_counter()
    texts, problems = read_files(folder)
    if decisions:
        _add_decisions(decisions, texts, problems)
    raw_hash = hash_of(json.dumps(texts, sort_keys=True))
    cached = cached_guide(kept_in, raw_hash) if kept_in and not problems else None
    if cached:
        guide, proof = _decided(cached[0]), cached[1]
    else:
        from assistant.guide.proof import prove  # noqa: PLC0415 - a kept guide is proven

        source = parsed(texts, problems, {**SECTIONS, "decisions": "decisions"})
        guide = _decided(_valid(folder, source, decisions))
        before_proof = perf_counter()
        proof = prove(guide)
        done = perf_counter()
        if proof.faults:
            raise GuideProblemsError(str(folder), with_positions(source, proof.faults))
        if kept_in:
            cache_guide(kept_in, raw_hash, source.data, proof)
    decision = json.dumps(_meaning(guide), sort_keys=True)
    guide.remainders.at(guide.tree.start, {})  # worked out now, so that no step has to wait for it
    return LoadedGuide(
        guide=guide,
        proof=proof,
        raw_hash=raw_hash,
        meaning_hash=hash_of(decision),
        decision=decision,
        load_ms=(perf_counter() - started) * 1000,
        proof_ms=(done - before_proof) * 1000,
        folder=folder,
    )


def check_quotes(folder: Path, guide: Guide, documents: Path) -> None:
    """Look every quoted phrase up in the folder `documents`.

    Raises `GuideProblemsError` naming the file and line of each phrase that is not where
    the guide says, `GuideError` when a document cannot be read.
    """
    from assistant.guide.checks import stale_cites  # noqa: PLC0415 - only for who keeps the guide

    stale = stale_cites(guide, documents)
    if stale:
        texts, problems = read_files(folder)
        raise GuideProblemsError(str(folder), with_positions(parsed(texts, problems), stale))


def _decided(guide: Guide) -> Guide:
    """Return the guide with the agency's decisions in it; most guides have none."""
    if not guide.decisions:
        return guide
    from assistant.guide.decisions import decided  # noqa: PLC0415 - only where there are some

    return decided(guide)


def _add_decisions(path: Path, texts: dict[str, str], problems: list[Problem]) -> None:
    try:
        mend = (
            f"check the file's name, or remove it from the settings and from {DECISIONS_VARIABLE}."
        )
        texts[_DECISIONS] = _read_text(path, "The file of your agency's decisions", mend)
    except UnicodeDecodeError as error:
        problems.append(_not_text(_DECISIONS, error))


def _valid(folder: Path, source: "Source", decisions: Path | None) -> Guide:
    """Return the guide that has been read, in its shape and with every name known."""
    # Pydantic costs more to load than a kept guide takes to use.
    from assistant.guide.checks import check  # noqa: PLC0415
    from assistant.guide.reading import shaped  # noqa: PLC0415

    guide, faults = shaped(source.data, Guide)
    if guide and not source.unread:
        faults = check(guide)
    found = [*source.problems, *new_problems(source, faults)]
    if decisions and found and all(problem.file == _DECISIONS for problem in found):
        raise GuideProblemsError(
            str(decisions),
            [replace(problem, file=str(decisions)) for problem in found],
            what="The file of your agency's decisions",
            instead="leave the file out until they are fixed",
        )
    if guide is None or found:
        raise GuideProblemsError(str(folder), found)
    return guide


def _meaning(guide: Guide) -> object:
    """Return the decision alone, without wording, but with the agency's own decisions whole."""
    agency = {name: dict(vars(decision)) for name, decision in guide.decisions.items()}
    return ({"agency": agency} if agency else {}) | {
        "facts": {fact: list(values) for fact, values in guide.space.values.items()},
        "never": [{f: list(v) for f, v in rule.items()} for rule in guide.about.never_together],
        "use_when": {
            name: [{f: list(v) for f, v in clause.facts.items()} for clause in group.use_when]
            for name, group in guide.groups.items()
        },
        "start": guide.tree.start,
        "nodes": {name: [node.ask, dict(node.to)] for name, node in guide.tree.nodes.items()},
        "outcomes": {
            name: [outcome.group, outcome.certainty, [fit.group for fit in outcome.also_fits]]
            for name, outcome in guide.outcomes.items()
        },
    }
