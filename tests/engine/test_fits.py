"""A group's rule held against what is known: it holds, it does not, or that is still open."""

from assistant.engine.verdict import clause_fits, fits
from assistant.guide.proof import groups_that_fit


def test_a_rule_is_as_open_as_the_cases_leave_it(guide, every, partials):
    """Known facts decide a group's rule exactly when all cases that may be so agree on it."""
    fitting = [groups_that_fit(guide, case) for case in every.cases]
    wrong = []
    for known in partials:
        some = [fitting[number] for number in every.completing(known)]
        wrong += [
            (known, group)
            for group in guide.groups
            if fits(guide, group, known) is not _agreed({group in groups for groups in some})
        ]
    assert wrong == []


def _agreed(answers):
    return answers.pop() if len(answers) == 1 else None


def test_a_clause_names_what_speaks_against_it(guide):
    """The facts that break a clause are named, and those still open."""
    _, second = clause_fits(guide, "preventive", {"goal": "adoption"})
    assert (second.against, second.open_facts, second.holds) == ((), ("fins",), None)
    (only,) = clause_fits(guide, "reunification", {"goal": "adoption"})
    assert (only.against, only.open_facts, only.holds) == (("goal",), (), False)


def test_what_follows_from_an_answer_speaks_against_a_clause_too(guide):
    """An open investigation counts as a report, so the FINS clause cannot hold."""
    _, second = clause_fits(guide, "preventive", {"investigation": "open"})
    assert second.against == ("fins",)
