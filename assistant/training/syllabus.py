"""What is practiced: the paths through the guide, the stories told of them, and what each can show."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cached_property, lru_cache
from types import MappingProxyType

from assistant.engine.interview import Answers, replay
from assistant.guide.loading import LoadedGuide
from assistant.shapes import Frozen
from assistant.training import judging
from assistant.training.content import Marks, Practice, PracticeCase
from assistant.training.judging import RULE, Answer, Groups, Key, Misreading, Misreadings
from assistant.training.stories import (
    Story,
    accepted,
    every_path,
    leads_at,
    story_by_id,
    written_stories,
)

OUTCOME = "outcome:"  # how the id of a skill begins that is: telling cases that end in one outcome
FORK = "fork:"  # how the id of a skill begins that is: reading one fact out of a story


RARE = 3  # the level of a case that hardly ever happens


class CasePath(Frozen):
    """One path through the tree: the facts asked, in order, and the outcome they end in."""

    facts: Answers
    outcome: str

    @property
    def key(self) -> Key:
        return judging.key_of(self.facts)


class Lesson(Frozen):
    """A story that can be told of a path: a written one's name, or empty for one to be made.

    `level` grows with difficulty: one fact decides, then more or something misleads, then judgment
    calls, then rare cases. `expected` has where each misunderstanding leads.
    """

    path: CasePath
    story: str
    level: int
    right: Answer
    expected: Misreadings

    @cached_property
    def shows(self) -> Misreadings:
        """The misunderstandings that are sure to give a wrong answer, with their answers."""
        return {r: groups for r, groups in self.expected.items() if self.right not in groups}


class Syllabus:
    """A guide with its practice content, and what is worked out from them once."""

    def __init__(self, loaded: LoadedGuide, practice: Practice) -> None:
        self.loaded = loaded
        self.guide = guide = loaded.guide
        self.practice = practice
        self._misreadings = lru_cache(maxsize=4096)(
            lambda key: judging.misreadings_of(guide, dict(key))
        )
        self._leads = lru_cache(maxsize=4096)(self._leads_at)
        self._expected = lru_cache(maxsize=4096)(self._expected_at)
        self._skills = lru_cache(maxsize=4096)(self._skills_at)

    def beside(self, cases: Mapping[str, PracticeCase]) -> "Syllabus":
        """Return what there is to practice with more written stories."""
        both = {**self.practice.cases, **cases}
        return Syllabus(self.loaded, replace(self.practice, cases=both))

    @cached_property
    def paths(self) -> tuple[CasePath, ...]:
        return tuple(CasePath(facts, end) for facts, end in every_path(self.guide))

    @cached_property
    def written(self) -> Mapping[Key, tuple[Story, ...]]:
        """The stories written by hand, by the path through the tree that they take."""
        found: dict[Key, list[Story]] = {}
        for story in written_stories(self.guide, self.practice):
            key = judging.key_of(judging.asked(self.guide, story.facts))
            found.setdefault(key, []).append(story)
        return MappingProxyType({key: tuple(stories) for key, stories in found.items()})

    @cached_property
    def rare(self) -> frozenset[Key]:
        """The paths of which every written story is rare: a test made by lot leaves them out."""
        cases = self.practice.cases
        stories = self.written.items()
        return frozenset(k for k, told in stories if all(cases[s.id].rare == "yes" for s in told))

    @cached_property
    def testing(self) -> Mapping[str, tuple[CasePath, ...]]:
        """The paths that test each skill: forks first, both in the guide's order."""
        names = [f"{FORK}{fact}" for fact in self.guide.about.facts]
        names += [f"{OUTCOME}{name}" for name in self.guide.outcomes]
        tests = {path.key: self.skills(path.facts, path.outcome) for path in self.paths}
        found = {name: tuple(w for w in self.paths if name in tests[w.key]) for name in names}
        return MappingProxyType({name: paths for name, paths in found.items() if paths})

    @cached_property
    def lessons(self) -> tuple[Lesson, ...]:
        """Every story that can be told, the written ones of a path before those to be made."""
        return tuple(
            Lesson(
                path,
                name,
                self._level(path, name),
                self.right(path.outcome),
                self.expected(name, path.facts),
            )
            for path in self.paths
            for name in (*(story.id for story in self.written.get(path.key, ())), "")
        )

    def story(self, name: str) -> Story | None:
        """Return a story by its name, None where it is gone."""
        with suppress(KeyError):
            return story_by_id(self.guide, self.practice, name)
        return None

    def _level(self, path: CasePath, story: str) -> int:
        if path.key in self.rare or (story and self.practice.cases[story].rare == "yes"):
            return RARE
        if self.guide.outcomes[path.outcome].certainty != "settled":
            return 2
        right, leads = self.right(path.outcome), self.leads(story, path.facts)
        misleading = any(one.fact == RULE and right not in ends for one, ends in leads.items())
        return int(misleading or len(self.skills(path.facts, path.outcome)) > len((OUTCOME, FORK)))

    @cached_property
    def common(self) -> tuple[Answer, ...]:
        """The answers, those first that most of the written stories have."""
        told = [self.right(case.outcome) for case in self.practice.cases.values()]
        return tuple(sorted((*self.guide.groups, None), key=lambda one: -told.count(one)))

    @cached_property
    def shows(self) -> frozenset[Misreading]:
        """The misunderstandings that make some answer wrong; the others do no harm and never show."""
        return frozenset(misreading for lesson in self.lessons for misreading in lesson.shows)

    @cached_property
    def alike(self) -> Mapping[Misreading, tuple[Misreading, ...]]:
        """Each misunderstanding with those that no story tells from it, in the order of the content."""
        listed = [Misreading(RULE, name) for name in self.practice.misunderstandings]
        for fact in self.guide.about.facts:
            listed += [Misreading(fact, value) for value in self.guide.questions[fact].options]
        effect = {
            one: [lesson.expected.get(one, frozenset({lesson.right})) for lesson in self.lessons]
            for one in listed
            if one in self.shows
        }
        found = {r: tuple(o for o in effect if effect[o] == effect[r]) for r in effect}
        return MappingProxyType(found)

    def name_of(self, misreading: Misreading) -> str:
        """Return a misunderstanding in words, with any that no story tells from it."""
        return " or ".join(self._words(one) for one in self.alike.get(misreading, (misreading,)))

    def _words(self, misreading: Misreading) -> str:
        fact, value = misreading
        if fact == RULE:
            found = self.practice.misunderstandings.get(value)
            return f"“{found.name}”" if found else value
        option = self.guide.questions[fact].options[value]
        return f"{self.guide.questions[fact].name} read as “{option.short}”"

    def right(self, outcome: str) -> str | None:
        """Return the group of an outcome, None for "ask the supervisor"."""
        return self.guide.outcomes[outcome].group

    def misreadings(self, facts: Answers) -> Mapping[Misreading, Groups]:
        return self._misreadings(judging.key_of(facts))

    def leads(self, story: str, facts: Answers) -> Misreadings:
        """Return each misunderstanding that bears on a story, with the answers that it leads to."""
        return self._leads(self._told(story, facts), judging.key_of(facts))

    def expected(self, story: str, facts: Answers) -> Misreadings:
        """Return the same as held against an answer: the right one in place of any acceptable one."""
        return self._expected(self._told(story, facts), judging.key_of(facts))

    def accepts(self, story: str, facts: Answers) -> Groups:
        """Return the answers that a written story accepts itself, while it still has these facts."""
        case = self.practice.cases.get(self._told(story, facts))
        return accepted(case) if case else frozenset()

    def _told(self, story: str, facts: Answers) -> str:
        """Return the name of a written story that still has these facts, else none."""
        case = self.practice.cases.get(story)
        return story if case and judging.asked(self.guide, case.facts) == facts else ""

    def _leads_at(self, story: str, key: Key) -> Misreadings:
        case = self.practice.cases.get(story)
        facts, marks = (case.facts, case.marks) if case else (dict(key), Marks())
        rules = {
            Misreading(RULE, name): frozenset({answer})
            for name, answer, _ in leads_at(self.guide, self.practice, facts, marks)
        }
        return MappingProxyType({**self._misreadings(key), **rules})

    def _expected_at(self, story: str, key: Key) -> Misreadings:
        case = self.practice.cases.get(story)
        outcome = replay(self.guide, dict(key)).branches[0].place
        fine = judging.acceptable_answers(
            self.guide, outcome, accepted(case) if case else frozenset()
        )
        right = self.right(outcome)
        return MappingProxyType(
            {
                misreading: frozenset(right if one in fine else one for one in groups)
                for misreading, groups in self._leads(story, key).items()
            }
        )

    def skills(self, facts: Answers, outcome: str) -> tuple[str, ...]:
        """Return what a case tests: its outcome, and each fork that leads it to another group if misread."""
        return self._skills(judging.key_of(facts), outcome)

    def _skills_at(self, facts: Key, outcome: str) -> tuple[str, ...]:
        right = self.right(outcome)
        misreadings = self.misreadings(dict(facts))
        forks = dict.fromkeys(r.fact for r, groups in misreadings.items() if right not in groups)
        return (f"{OUTCOME}{outcome}", *(f"{FORK}{fact}" for fact in forks))
