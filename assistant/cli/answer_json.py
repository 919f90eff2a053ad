"""An answer as the JSON object that `answer.schema.json` describes."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from assistant.cli.given import from_json, in_one_line
from assistant.content.load import LoadedGuide
from assistant.content.model import Cite
from assistant.engine.answer import Answer, answer
from assistant.engine.wording import sentence
from assistant.errors import UsageError


def schema() -> str:
    """Give the JSON Schema of an answer."""
    return Path(__file__).with_name("answer.schema.json").read_text(encoding="utf-8")


def as_line(found: Answer, loaded: LoadedGuide) -> str:
    """Give an answer as one line of ASCII, so that no code page can spoil it."""
    return json.dumps(_as_data(found, loaded))


def line_by_line(loaded: LoadedGuide, lines: Iterable[bytes]) -> Iterator[tuple[str, bool]]:
    """Give for each line that is not blank what to print, and whether it is an answer.

    In place of an answer a line that cannot be read has its number, blank lines counted, and a
    sentence that says what is wrong.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            found = answer(loaded.guide, from_json(loaded.guide, line))
        except UsageError as error:
            yield json.dumps({"error": in_one_line(error), "line": number}), False
        else:
            yield as_line(found, loaded), True


def _as_data(found: Answer, loaded: LoadedGuide) -> dict[str, object]:
    return {
        "status": found.status,
        "group": found.group,
        "certainty": found.certainty,
        "also_fits": [{"group": fit.group, "reason": fit.reason} for fit in found.also_fits],
        "warnings": list(found.warnings),
        "reasons": [
            {
                "fact": reason.fact,
                "value": reason.answer,
                "because": sentence(reason.says),
                "cites": [_cite(cite) for cite in reason.cites],
            }
            for reason in found.reasons
        ],
        "ruled_out": [
            {"group": out.group, "because": out.because, "would_need": dict(out.would_need)}
            for out in found.ruled_out
        ],
        "possible": list(found.possible),
        "open": [
            {
                "fact": fact.fact,
                "question": fact.question,
                "where_to_look": fact.where_to_look,
                "then": {value: list(groups) for value, groups in fact.then.items()},
            }
            for fact in found.open
        ],
        "set_aside": list(found.set_aside),
        "content": {
            "version": loaded.guide.about.version,
            "meaning_hash": loaded.meaning_hash,
        },
    }


def _cite(cite: Cite) -> dict[str, str]:
    return {"document": cite.document, "section": cite.section, "words": cite.words}
