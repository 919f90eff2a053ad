"""Why a worker may choose otherwise than recommended: the guide's to say, and no rule of it."""

import pytest

from assistant.guide.loading import load_guide
from assistant.guide.model import OTHER_REASON
from assistant.guide.problems import GuideProblemsError
from tests.builders import content_copy, edit, shipped

WORDS = "The supervisor decided"


def test_the_shipped_guide_has_reasons():
    """Each has words, and one is for whatever the others do not say."""
    reasons = shipped().guide.about.override_reasons
    assert list(reasons) == [
        "supervisor",
        "local_practice",
        "facts_changed",
        "documents_unclear",
        OTHER_REASON,
    ]


def test_reasons_are_no_rules(tmp_path):
    """Other words, or another reason, change the guide's bytes and not what it decides."""
    folder = content_copy(tmp_path)
    edit(folder, "guide.yaml", WORDS, "My boss\n  court: The court decided")
    loaded = load_guide(folder)
    assert loaded.guide.about.override_reasons["court"] == "The court decided"
    assert loaded.meaning_hash == shipped().meaning_hash
    assert loaded.raw_hash != shipped().raw_hash


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (f"supervisor: {WORDS}", "supervisor:", "guide.yaml"),
        ("  other: Another reason\n", "", "'other' is missing"),
        ("override_reasons:", "override_reason:", "did you mean 'override_reasons'"),
        ("supervisor:", "Super-Visor:", "is not lower-case words"),
    ],
)
def test_reasons_that_cannot_be_used_are_refused(tmp_path, old, new, said):
    """With the place of each mistake."""
    folder = content_copy(tmp_path)
    edit(folder, "guide.yaml", old, new)
    with pytest.raises(GuideProblemsError) as caught:
        load_guide(folder)
    (problem, *_) = caught.value.problems
    assert problem.file == "guide.yaml"
    assert problem.line > 20
    assert said in str(caught.value)
