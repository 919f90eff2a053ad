"""Reads a content folder into a proven guide, or names every mistake in it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from assistant.content.files import read_files
from assistant.content.kept import put_away, take_out
from assistant.content.model import Guide
from assistant.content.placing import news, parsed, placed
from assistant.content.problems import GuideProblemsError
from assistant.content.proof import Proof, prove
from assistant.problems import Problem


@dataclass(frozen=True)
class LoadedGuide:
    """A guide that holds together, with what tells it apart from any other.

    `raw_hash` changes with any byte but line endings; `meaning_hash` only with the decision itself,
    which `decision` holds as JSON.
    Times are in milliseconds.
    """

    guide: Guide
    proof: Proof
    raw_hash: str
    meaning_hash: str
    decision: str
    load_ms: float
    proof_ms: float


def load_guide(folder: Path, kept_in: Path | None = None) -> LoadedGuide:
    """Read, check and prove the guide in `folder`.

    `kept_in` is a folder where a guide that was found valid is kept, so that the next start need
    not parse and validate the same files again; it is proven every time all the same. Raises
    `GuideError` when the folder cannot be read, `GuideProblemsError` when the guide has mistakes.
    """
    started = perf_counter()
    texts, problems = read_files(folder)
    raw_hash = _hash(json.dumps(texts, sort_keys=True))
    kept = take_out(kept_in, raw_hash) if kept_in and not problems else None
    guide = kept or _read_guide(folder, texts, problems, raw_hash, kept_in)
    before_proof = perf_counter()
    proof = prove(guide)
    done = perf_counter()
    if proof.faults:
        source = parsed(texts, problems)
        raise GuideProblemsError(str(folder), placed(source, proof.faults))
    decision = json.dumps(_meaning(guide), sort_keys=True)
    guide.remainders.at(guide.tree.start, {})  # worked out now, so that no step has to wait for it
    return LoadedGuide(
        guide=guide,
        proof=proof,
        raw_hash=raw_hash,
        meaning_hash=_hash(decision),
        decision=decision,
        load_ms=(done - started) * 1000,
        proof_ms=(done - before_proof) * 1000,
    )


def check_quotes(folder: Path, guide: Guide, documents: Path) -> None:
    """Look every quoted phrase up in the folder `documents`.

    Raises `GuideProblemsError` naming the file and line of each phrase that does not stand where
    the guide says, `GuideError` when a document cannot be read.
    """
    from assistant.content.citing import stale_cites  # noqa: PLC0415 - only for who keeps the guide

    stale = stale_cites(guide, documents)
    if stale:
        texts, problems = read_files(folder)
        raise GuideProblemsError(str(folder), placed(parsed(texts, problems), stale))


def _read_guide(
    folder: Path,
    texts: Mapping[str, str],
    problems: list[Problem],
    raw_hash: str,
    kept_in: Path | None,
) -> Guide:
    # Pydantic costs more to load than a kept guide takes to use.
    from assistant.content.checks import check  # noqa: PLC0415
    from assistant.content.shape import shaped  # noqa: PLC0415

    source = parsed(texts, problems)
    guide, faults = shaped(source.data, Guide)
    if guide and not source.unread:
        faults = check(guide)
    found = [*source.problems, *news(source, faults)]
    if guide is None or found:
        raise GuideProblemsError(str(folder), found)
    if kept_in:
        put_away(kept_in, raw_hash, source.data)
    return guide


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _meaning(guide: Guide) -> object:
    """Give the decision alone: facts, rules, edges and where each outcome leads, no wording."""
    return {
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
