"""Workers' words to groups, facts, situations and terms of the guide."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from math import log
from types import MappingProxyType
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.engine.explain import comparison
from assistant.engine.interview import NOTHING, Answers
from assistant.engine.statements import Statement
from assistant.engine.verdict import sentence, use_when
from assistant.engine.words import bare, plain_words
from assistant.guide.model import Cite, Group, Guide
from assistant.guide.proof import follow
from assistant.shapes import Frozen
from assistant.text import listed

Kind = Literal["comparison", "goal", "group", "situation", "fact", "term"]  # what an entry is
GOAL = "goal"  # the fact whose values are separate entries


class LookupEntry(Frozen):
    """One thing to look up.

    `phrases` are all the ways it may be asked for. `facts` holds what it settles. `leads_to` names
    groups, the likeliest first, and `when` says for each under which condition; both are empty where
    any group may be right or none is named. `refers` tells that most cases end with no group named.
    """

    kind: Kind
    id: str
    title: str
    means: str
    phrases: tuple[str, ...]
    leads_to: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    refers: bool = False
    facts: Answers = field(default_factory=lambda: NOTHING)


def entries_of(guide: Guide, ends: "_Ends") -> tuple[LookupEntry, ...]:
    """Return every entry of a guide; where two are found alike, the one given first goes first."""
    return (
        *_goals(guide, ends),
        *_groups(guide),
        *_situations(guide, ends),
        *_facts(guide),
        *_terms(guide),
    )


class _Ends:
    """Where the guide's cases end, for counting those that hold some facts."""

    def __init__(self, guide: Guide) -> None:
        self._groups = tuple(guide.groups)
        self._found: dict[frozenset[tuple[str, str]], tuple[str, ...]] = {}
        self._ends = [
            (case, guide.outcomes[end].group)
            for case in guide.space.cases()
            if (end := follow(guide, case).outcome) is not None
        ]

    def of(self, facts: Answers) -> tuple[str, ...]:
        """Return the groups that cases with these facts end in, most cases first, then guide order.

        Empty where most of them end in no group.
        """
        key = frozenset(facts.items())
        if key not in self._found:
            self._found[key] = self._counted(facts)
        return self._found[key]

    def _counted(self, facts: Answers) -> tuple[str, ...]:
        counts = Counter(group for case, group in self._ends if facts.items() <= case.items())
        groups = [group for group in self._groups if counts[group]]
        groups.sort(key=lambda group: -counts[group])
        named = max((counts[group] for group in groups), default=0)
        return tuple(groups) if counts[None] <= named else ()


def _goals(guide: Guide, ends: _Ends) -> Iterator[LookupEntry]:
    options = guide.questions[GOAL].options if GOAL in guide.questions else {}
    for value, option in options.items():
        facts = MappingProxyType({GOAL: value})
        tied = [group for group in guide.groups.values() if _is_tied(group, facts)]
        phrases = (option.label, option.short, option.says, *option.words, *_names(guide, value))
        phrases += tuple(word for group in tied for word in group.words)
        means = " ".join([sentence(option.says), *(group.what for group in tied)])
        leads_to = ends.of(facts)
        refers = not leads_to
        yield LookupEntry(
            "goal", value, option.label, means, phrases, leads_to, refers=refers, facts=facts
        )


def _is_tied(group: Group, facts: Answers) -> bool:
    """Tell whether these facts, none of them one of several, are all that a group's rule asks."""
    rules = {fact: (value,) for fact, value in facts.items()}
    return any(clause.facts.items() <= rules.items() for clause in group.use_when)


def _groups(guide: Guide) -> Iterator[LookupEntry]:
    for name, group in guide.groups.items():
        near = (name, *guide.mixed_up_with(name))
        phrases = (
            group.name,
            group.name.removesuffix(" Services"),
            *group.words,
            *_names(guide, name),
        )
        yield LookupEntry("group", name, group.name, group.what, phrases, near)


def _situations(guide: Guide, ends: _Ends) -> Iterator[LookupEntry]:
    for name, found in guide.situations.items():
        yield LookupEntry(
            "situation",
            name,
            found.title,
            found.means,
            (found.title, *found.words, *_names(guide, name)),
            tuple(usual.group for usual in found.usually),
            tuple(usual.when for usual in found.usually),
            refers=not ends.of(found.facts),
            facts=found.facts,
        )


def _facts(guide: Guide) -> Iterator[LookupEntry]:
    for fact, question in guide.questions.items():
        phrases = [question.name, question.ask]
        if fact != GOAL:
            for option in question.options.values():
                phrases += (option.label, option.says)
        means = f"{question.ask} {question.why}"
        yield LookupEntry("fact", fact, question.name, means, tuple(phrases))


def _terms(guide: Guide) -> Iterator[LookupEntry]:
    for name, term in guide.glossary.items():
        leads_to = _sharing_a_section(guide, term.cites)
        phrases = (term.name, *term.also)
        yield LookupEntry("term", name, term.name, term.means, phrases, leads_to)
    for name, topic in guide.topics.items():
        leads_to = _sharing_a_section(guide, topic.cites)
        yield LookupEntry("term", name, topic.title, topic.say, (topic.title,), leads_to)


def _sharing_a_section(guide: Guide, cites: tuple[Cite, ...]) -> tuple[str, ...]:
    """Return the groups that are described in a section the citations come from."""
    sections = {(cite.document, cite.section) for cite in cites}
    return tuple(
        name
        for name, group in guide.groups.items()
        if any((cite.document, cite.section) in sections for cite in group.cites)
    )


def _names(guide: Guide, name: str) -> tuple[str, ...]:
    """Return the names of the term with the same id: what it is called, this is called."""
    term = guide.glossary.get(name)
    return (term.name, *term.also) if term else ()


_BEHIND: Mapping[Kind, float] = MappingProxyType(
    {"comparison": 0, "situation": 0, "goal": 1, "group": 2, "fact": 8, "term": 8}
)
"""What a kind is behind by: a case described goes before a word explained."""

_PHRASE, _ENTRY = 55, 45
"""What counts, out of 100: how well one phrase fits; how much of what was typed an entry has."""

_LEAST, _LEAST_OF_BEST = 20, 0.45
"""Score, and share of the best score, below which an entry has nothing to do with the words."""

_COMPLETED, _MISSPELLED, _MISSPELLED_TWICE = 4, 5, 9
"""Letters from which on an unknown word may be a beginning, or hold one slip, or two."""

_GUESSED = 0.8  # what a word counts for that was only taken for one of the guide's

_NOT = frozenset(plain_words("no not"))
_OPPOSITE = 0.8  # what a phrase that says no counts for, where what was typed does not
_CONTRADICTED = 25  # what an entry is behind by whose goal is not the one named

_NAMING = re.compile(
    r"\b(?:goals?|meta|permanency|[ao]?ppla|(?:no|sin|without)\b.* plan"
    r"|plan (?:is|says|still|to|return|rtn|reunif\w*|maintain))\b"
)
"""What is said where the goal in the plan is named."""

_CHECKED = "investigation"  # the fact whose values may be named in passing

_STAGES: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "open": re.compile(
            r"\b(?:open|pending|active|during|while|abierta)\b.*\b(?:investigat\w+|assess\w+|ai|cps)\b"
            r"|\b(?:invest\w*|assessment|ai|ar|cps)\b.*\b(?:open(?:ed)?|pending|active|abierta)\b"
            r"|\b(?:investigating|assessing)\b|\bar (?:case|family|response)\b"
        ),
        "concluded": re.compile(
            r"\b(?:invest\w*|assessment|ai|ar|cps)\b.*\b(?:closed|ended|done|finished|completed?|over|cerrada)\b"
        ),
    }
)
_NO_STAGE = re.compile(
    r"\b(?:no|not|never|without|sin)\b (?:\w+ )?(?:investigat\w+|assessment|cps)\b"
)
"""What is said where an investigation is open, or has ended, and where there is none."""

_MINOR = re.compile(r"\b(?:\d|1[0-7])[ -]?(?:y/?o|(?:yrs?|years?)[ -]olds?)\b", re.IGNORECASE)
"""An age under 18, which decides nothing and would only lead to those who are older."""

_AGE = "child's age"
"""What an age under 18 is looked up by where nothing else is said."""

_COMPARING = re.compile(r"\b(?:vs|versus|diff?\w*|compare[ds]?|comparison|distinguish)\b")
_BETWEEN = re.compile(r"\b(?:vs|versus|and|or|from|to|with|between|than|y|o|entre)\b|&")
"""What asks for a comparison, and what is between the groups to be compared."""

_SURELY, _PERHAPS = 0.75, 0.3
"""How well words have to fit a group's name to be taken for it, without and with being asked to compare."""


class Hit(LookupEntry):
    """One entry found; `score` is at most 100."""

    score: float = 0


def leads(guide: Guide, hit: LookupEntry) -> Iterator[Statement]:
    """Return where an entry leads; of a group, its rule and the groups it is easily mixed up with."""
    names = _groups_of(guide, hit)
    if hit.kind == "group":
        yield Statement("Use when", f"{use_when(guide, hit.id)}.")
        yield Statement("Easily mixed up with", f"{listed(names[1:], 'or')}.")
    elif hit.kind != "comparison" and (where := _where(hit, names)):
        usually = "Usually leads to" if any(hit.when) and not hit.refers else "Leads to"
        yield Statement("See also" if hit.kind == "term" else usually, where)


def _where(hit: LookupEntry, names: tuple[str, ...]) -> str:
    """Say where an entry leads; nothing for a word or a question that is tied to no group."""
    if hit.refers:
        return "no group. Ask your supervisor."
    if not names:
        return (
            "the group that fits the goal or the investigation." if hit.kind == "situation" else ""
        )
    if any(hit.when):
        return f"{', or '.join(names)}."
    often = " or " if hit.kind == "term" else ", or less often "
    return f"{often.join([names[0], ' or '.join(names[1:])]) if names[1:] else names[0]}."


def _groups_of(guide: Guide, hit: LookupEntry) -> tuple[str, ...]:
    """Return the names of the groups that an entry leads to, each with its condition."""
    conditions = hit.when or ("",) * len(hit.leads_to)
    return tuple(
        guide.groups[group].name + (f", if {when}" if when else "")
        for group, when in zip(hit.leads_to, conditions, strict=True)
    )


class Index:
    """A guide's entries, made ready to be searched."""

    def __init__(self, guide: Guide) -> None:
        self.guide = guide
        self._ends = _Ends(guide)
        self.entries = entries_of(guide, self._ends)
        self._typed: dict[str, str] = {}
        self._phrases: list[tuple[int, tuple[str, ...]]] = []
        for number, entry in enumerate(self.entries):
            said = [plain_words(phrase) for phrase in entry.phrases]
            self._typed |= {typed: word for words in said for word, typed in words.items()}
            self._phrases += [(number, words) for words in dict.fromkeys(map(tuple, said)) if words]
        having: dict[str, dict[int, None]] = {}
        self._within: dict[str, list[int]] = {}
        for number, (owner, words) in enumerate(self._phrases):
            for word in words:
                having.setdefault(word, {})[owner] = None
                self._within.setdefault(word, []).append(number)
        self._having = having
        self._weights = {
            word: log(1 + len(self.entries) / len(owners)) for word, owners in having.items()
        }
        self._sizes = [sum(map(self._weights.__getitem__, words)) for _, words in self._phrases]

    def search(self, words: str, limit: int = 10) -> tuple[Hit, ...]:
        """Return the entries that fit what was typed, best first; none where nothing comes near."""
        words = _MINOR.sub(" ", words).strip() or (_AGE if words.strip() else "")
        said = self._understood(words)
        named = self._named(bare(words), said)
        scores = self._scores(said, named)
        least = max(_LEAST, _LEAST_OF_BEST * max(scores.values(), default=0))
        best = sorted(scores, key=lambda number: (-scores[number], number))
        found = [
            Hit(**vars(self._with(named, self.entries[number])), score=score)
            for number in best
            if (score := round(scores[number], 1)) >= least
        ]
        return tuple([*self._compared(words), *found][: max(limit, 0)])

    def unknown(self, words: str) -> tuple[str, ...]:
        """Return the words typed that are not understood, as they were typed."""
        return tuple(
            typed
            for word, typed in plain_words(words).items()
            if not typed.isdigit() and not self._nearest(word, typed)
        )

    def _understood(self, words: str) -> dict[str, float]:
        """Return the guide's words that were meant, and what each counts for."""
        said: dict[str, float] = {}
        for word, typed in plain_words(words).items():
            near = self._nearest(word, typed)
            if near:
                counts = self._weights[near] * (1 if near == word else _GUESSED)
                said[near] = max(counts, said.get(near, 0))
        return said

    def _nearest(self, word: str, typed: str) -> str:
        """Return the guide's word that a typed one is, begins or is a slip of; empty if none."""
        if word in self._weights:
            return word
        if len(typed) < _COMPLETED:
            return ""
        begun = [known for known in self._typed if known.startswith(typed)]
        if begun:
            return self._typed[min(begun, key=lambda known: (len(known), known))]
        slips = (len(typed) >= _MISSPELLED) + (len(typed) >= _MISSPELLED_TWICE)
        alike = [known for known in self._typed if known[0] == typed[0]]
        found = process.extractOne(typed, alike, scorer=OSA.distance, score_cutoff=slips)
        return self._typed[found[0]] if found and slips else ""

    def _scores(self, said: Mapping[str, float], named: Answers) -> dict[int, float]:
        """Return for each entry that has a word of what was said how well it fits."""
        total = sum(said.values())
        shared: dict[int, float] = {}
        together: dict[int, float] = {}
        for word, counts in said.items():
            for number in self._within[word]:
                shared[number] = shared.get(number, 0) + counts
            for owner in self._having[word]:
                together[owner] = together.get(owner, 0) + counts
        scores = {
            owner: _ENTRY * counts / total - _BEHIND[self.entries[owner].kind]
            for owner, counts in together.items()
        }
        fits: dict[int, float] = {}
        for number, counts in shared.items():
            owner = self._phrases[number][0]
            fit = 2 * counts / (total + self._sizes[number])
            if _NOT & set(self._phrases[number][1]) - said.keys():
                fit *= _OPPOSITE
            fits[owner] = max(fits.get(owner, 0), fit)
        for owner in scores:
            scores[owner] += _PHRASE * fits[owner]
            if any(named.get(f, v) != v for f, v in self.entries[owner].facts.items()):
                scores[owner] -= _CONTRADICTED
        return scores

    def _named(self, words: str, said: Mapping[str, float]) -> Answers:
        """Return the goal that words name by a whole phrase, if one, and an open or ended investigation."""
        facts = {}
        goals = {
            self.entries[owner].id
            for owner, phrase in self._phrases
            if self.entries[owner].kind == "goal"
            and not self.entries[owner].refers
            and said.keys() >= set(phrase)
        }
        if len(goals) == 1 and _NAMING.search(words):
            facts[GOAL] = goals.pop()
        values = self.guide.questions[_CHECKED].options if _CHECKED in self.guide.questions else {}
        ways = {value for value in values if value in _STAGES and _STAGES[value].search(words)}
        if len(ways) == 1 and not _NO_STAGE.search(words):
            facts[_CHECKED] = ways.pop()
        return facts

    def _compared(self, words: str) -> Iterator[Hit]:
        """Return the comparison of two groups, where that is what was asked for."""
        asked = _COMPARING.search(bare(words))
        parts = _BETWEEN.split(bare(words))
        if len(parts) == 1:
            return
        named = [group for part in parts if (group := self._group_named(part, surely=not asked))]
        pair = tuple(dict.fromkeys(named))
        if len(pair) == 2 and (asked or len(parts) == 2):  # noqa: PLR2004 - a pair
            yield _comparison(self.guide, *pair)

    def _group_named(self, words: str, *, surely: bool) -> str:
        """Return the group that words name, by its own names or its goal's; empty if none."""
        said = self._understood(words)
        if not said:
            return ""
        total, best, group = sum(said.values()), _SURELY if surely else _PERHAPS, ""
        for number, (owner, phrase) in enumerate(self._phrases):
            entry = self.entries[owner]
            if entry.kind in ("goal", "group") and entry.leads_to:
                shared = sum(said[word] for word in phrase if word in said)
                fit = 2 * shared / (total + self._sizes[number])
                if fit > best:
                    best, group = fit, entry.leads_to[0]
        return group

    def _with(self, named: Answers, entry: LookupEntry) -> LookupEntry:
        """Return a situation with the facts named beside it, and the groups that these leave."""
        new = {fact: value for fact, value in named.items() if fact not in entry.facts}
        facts = {**entry.facts, **new}
        if not new or entry.kind != "situation" or entry.refers:
            return entry
        if not self.guide.space.stands(facts):
            return entry
        left = self._ends.of(facts)
        own = [name for name, group in self.guide.groups.items() if _is_tied(group, new)]
        usual = dict(zip(entry.leads_to, entry.when, strict=True))
        leads_to = tuple(dict.fromkeys(group for group in (*own, *usual) if group in left))
        when = tuple("" if group in own else usual.get(group, "") for group in leads_to)
        return replace(entry, leads_to=leads_to, when=when, facts=MappingProxyType(facts))


def _comparison(guide: Guide, one: str, other: str) -> Hit:
    """Return two groups side by side, as a hit; where they are no look-alikes, what each is."""
    first, second = guide.groups[one], guide.groups[other]
    found = comparison(guide, one, other)
    means = f"{first.name}: {first.what} {second.name}: {second.what}"
    if found:
        means = f"{found.different} The question that tells them apart: {found.question}"
    title = f"{first.name} or {second.name}"
    return Hit("comparison", f"{one}-{other}", title, means, (), (one, other), score=100)
