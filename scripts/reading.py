"""Print the reading grade of the guide's passages by file, and those above grade 9: a report, no law.

The grade is Flesch and Kincaid's, with the syllables that hyphenation finds. Listed apart are the
passages that nobody can shorten: the wording of questions and answers, which is fixed, and what is
above grade 9 only because of a group's name.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from environment.checkout import this_checkout
from environment.doors import run_inside

if (
    __name__ == "__main__"
    and (code := run_inside(this_checkout(), "dev", __file__, [])) is not None
):
    sys.exit(code)

import yaml
from pyphen import Pyphen

CONTENT = Path(__file__).resolve().parents[1] / "content"

HARD = 9
"""The grade above which a passage is listed."""

FEWEST_WORDS = 10
"""Words from which on a text is a passage; a label has no grade."""

NOT_OURS = frozenset({"cites", "words", "synonyms", "tags", "earlier"})
"""Keys below which the words are a document's, a worker's, or an earlier guide's."""

FIXED = ("ask", "label")
"""Keys of a question whose words are decided: how it is asked, and how its answers are labeled."""

_AN_ANSWER = 2
"""Words up to which a sentence is not counted: "None." makes what follows no easier to read."""

_HYPHENS = Pyphen(lang="en_US")


def grade(text: str) -> float:
    """Return the school grade that reads a text with ease, after Flesch and Kincaid."""
    words = re.findall(r"[\w’'-]+", text)
    parts = re.split(r"[.!?]”?(?:\s+|$)", text)
    sentences = max(1, sum(len(part.split()) > _AN_ANSWER for part in parts))
    syllables = sum(len(_HYPHENS.positions(word.lower())) + 1 for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / max(1, len(words)) - 15.59


def passages(data: object) -> Iterator[str]:
    """Return the texts of a file that are ours and long enough, in the order they are read."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key not in NOT_OURS:
                yield from passages(value)
    elif isinstance(data, list):
        for value in data:
            yield from passages(value)
    elif isinstance(data, str) and len(data.split()) >= FEWEST_WORDS:
        yield " ".join(data.split())


def without_names(text: str, names: list[str]) -> str:
    """Return a text with "this group" for each group's name, long or short."""
    short = [name.removesuffix(" Services") for name in names]
    for name in sorted((*names, *short), key=len, reverse=True):
        text = re.sub(re.escape(name), "this group", text, flags=re.IGNORECASE)
    return text


def fixed_in(questions: object) -> Iterator[str]:
    """Return the texts of a file of questions whose wording is fixed."""
    if isinstance(questions, dict):
        for key, value in questions.items():
            yield from passages(value) if key in FIXED else fixed_in(value)


def report(content: Path) -> Iterator[str]:
    """Return a line for each file, then the passages above the grade, by why they are."""
    groups = yaml.safe_load((content / "groups.yaml").read_text(encoding="utf-8"))
    names = [str(group["name"]) for group in groups.values()]
    hard: dict[str, list[tuple[float, str, str]]] = {"": [], "fixed wording": [], "group name": []}
    for path in sorted(content.rglob("*.yaml")):
        place = path.relative_to(content)
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        found = [*passages(data)]
        if place.parts[0] in NOT_OURS or not found:
            continue
        words = sum(len(text.split()) for text in found)
        yield f"{place.as_posix()}: grade {grade(' '.join(found)):.1f}, {words} words, {len(found)} passages"
        fixed = {*fixed_in(data)} if place.parts[0] == "questions" else set()
        for text in found:
            if (before := grade(text)) > HARD:
                named = grade(without_names(text, names)) <= HARD
                reason = "fixed wording" if text in fixed else "group name" if named else ""
                hard[reason].append((before, place.as_posix(), text))
    for reason, some in hard.items():
        yield f"Passages above grade {HARD}{f' ({reason})' if reason else ''}: {len(some)}"
        for before, name, text in sorted(some, reverse=True):
            yield f"  {before:.1f} {name}: {text}"


def main() -> int:
    """Print the report; no grade fails a check."""
    for line in report(CONTENT):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
