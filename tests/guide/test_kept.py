"""A guide found valid is kept between runs; what is kept is used only if it is exactly that."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.cli import main
from assistant.guide import loading, proof
from assistant.guide.loading import FILE, cached_guide, load_guide
from assistant.guide.model import Document
from assistant.guide.problems import GuideProblemsError, problems_text
from assistant.guide.proof import prove
from tests.builders import CONTENT, edit, shipped
from tests.examples import examples

GOOD = Path(__file__).parent / "good"

LOAD = """
import sys
from pathlib import Path
from assistant.guide.loading import load_guide
loaded = load_guide(Path(sys.argv[1]), kept_in=Path(sys.argv[2]))
print(loaded.guide.about.version, "yaml" in sys.modules, "pydantic" in sys.modules)
"""


@pytest.fixture
def good(tmp_path):
    return Path(shutil.copytree(GOOD, tmp_path / "good"))


@pytest.fixture
def kept_in(tmp_path):
    return tmp_path / "kept"


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Return a folder in which the smallest guide is kept."""
    folder = tmp_path_factory.mktemp("kept")
    load_guide(GOOD, folder)
    return folder


def loaded_in_a_fresh_python(folder, kept_in, *, before=""):
    """Return what a new process prints: the guide's version, and whether YAML or pydantic was loaded."""
    command = [sys.executable, "-B", "-c", before + LOAD, str(folder), str(kept_in)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()


def test_the_kept_guide_is_the_guide(kept_in):
    """What is kept of the shipped guide and taken out again is equal to it."""
    raw_hash = load_guide(CONTENT, kept_in).raw_hash
    assert cached_guide(kept_in, raw_hash) == (shipped().guide, shipped().proof)


def test_a_second_load_gives_the_same(kept_in):
    """Guide, hashes and proof are the same with a kept guide as without."""
    loads = [load_guide(CONTENT, kept_in) for _ in range(2)]
    first, second = ((x.guide, x.proof, x.raw_hash, x.meaning_hash) for x in loads)
    assert first == second


def test_a_first_load_reads_the_files(good, kept_in):
    """With nothing kept, the files are parsed and validated."""
    assert loaded_in_a_fresh_python(good, kept_in) == ["1", "True", "True"]


def test_a_second_load_needs_neither_yaml_nor_pydantic(good, kept_in):
    """With the guide kept, neither library is loaded."""
    load_guide(good, kept_in)
    assert loaded_in_a_fresh_python(good, kept_in) == ["1", "False", "False"]


def test_a_changed_file_is_read_afresh(good, kept_in):
    """What is kept counts only for the very files it was read from."""
    load_guide(good, kept_in)
    edit(good, "guide.yaml", 'version: "1"', 'version: "2"')
    assert load_guide(good, kept_in).guide.about.version == "2"


def test_a_file_that_has_become_wrong_is_still_caught(good, kept_in):
    """A kept guide does not hide mistakes made since."""
    load_guide(good, kept_in)
    edit(good, "tree.yaml", "start: is_open", "start: is_opne")
    with pytest.raises(GuideProblemsError):
        load_guide(good, kept_in)


def test_a_file_too_many_is_still_caught(good, kept_in):
    """So is a file that belongs nowhere, though all the others are as they were."""
    load_guide(good, kept_in)
    (good / "extra.yaml").write_text("a: b\n")
    with pytest.raises(GuideProblemsError):
        load_guide(good, kept_in)


def test_a_wrong_guide_is_wrong_every_time(kept_in):
    """A guide that is valid and not proven is refused alike on the first load and on the second."""
    said = []
    for _ in range(2):
        with pytest.raises(GuideProblemsError) as caught:
            load_guide(GOOD.parent / "bad" / "proof", kept_in)
        said.append(problems_text(caught.value.problems))
    assert said[0] == said[1]


@pytest.fixture
def proven(monkeypatch):
    """Count the proofs of a guide."""
    found = []

    def prove_and_count(guide):
        found.append(guide)
        return prove(guide)

    monkeypatch.setattr(proof, "prove", prove_and_count)
    return found


def test_a_guide_is_proven_once_by_the_same_code(good, kept_in, proven):
    """The next start takes the guide and its proof as they were kept."""
    first, second = (load_guide(good, kept_in) for _ in range(2))
    assert (len(proven), first.proof) == (1, second.proof)


def test_a_guide_is_proven_again_by_other_code(good, kept_in, proven, monkeypatch):
    """What an older or a newer assistant proved is not trusted."""
    load_guide(good, kept_in)
    monkeypatch.setattr(loading, "_code_hash", lambda: "other")
    load_guide(good, kept_in)
    assert len(proven) == 2


def test_a_check_proves_every_time(good, kept_in, proven):
    """Whatever is kept, who keeps the guide gets the proof of the files as they are."""
    load_guide(good, kept_in)
    assert main(["content", "check", "--content", str(good)]) == 0
    assert len(proven) == 2


def test_a_kept_tree_at_odds_with_what_was_proven_is_not_used(good, kept_in, proven):
    """A kept guide that was changed is passed over, and the files are read and proven."""
    load_guide(good, kept_in)
    kept = (kept_in / FILE).read_text()
    (kept_in / FILE).write_text(kept.replace('"has_goal"', '"first_group"'))
    assert load_guide(good, kept_in).guide == load_guide(GOOD).guide
    assert len(proven) == 3


def spoiled(kept_in, change):
    """Load the guide with what is kept changed, then put back what was kept."""
    file = kept_in / FILE
    before = file.read_bytes()
    file.write_bytes(change(before))
    try:
        return load_guide(GOOD, kept_in).guide
    finally:
        file.write_bytes(before)


@given(st.integers(0, 10**6), st.integers(1, 255))
@examples(60)
def test_a_single_byte_changed_makes_no_difference(kept, place, bits):
    """A kept file with any byte changed is passed over, and the guide is right all the same."""

    def flip(content: bytes) -> bytes:
        at = place % len(content)
        return content[:at] + bytes([content[at] ^ bits]) + content[at + 1 :]

    assert spoiled(kept, flip) == load_guide(GOOD).guide


@given(st.integers(0, 10**6))
@examples(30)
def test_a_kept_file_cut_short_makes_no_difference(kept, place):
    """So is one that ends anywhere before its end."""
    assert spoiled(kept, lambda content: content[: place % len(content)]) == load_guide(GOOD).guide


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"[]\n{}", b"[" * 100_000 + b"\n", b"\xff\xfe\n{}"]
)
def test_a_foreign_file_in_its_place_makes_no_difference(kept, content):
    """So is anything else that stands under its name."""
    assert spoiled(kept, lambda _: content) == load_guide(GOOD).guide


def test_a_spoiled_file_is_replaced(kept_in):
    """After the files were read afresh, the guide is kept again."""
    raw_hash = load_guide(GOOD, kept_in).raw_hash
    (kept_in / FILE).write_bytes(b"nothing of use")
    load_guide(GOOD, kept_in)
    found = cached_guide(kept_in, raw_hash)
    assert found
    assert found[0] == load_guide(GOOD).guide


@pytest.mark.parametrize("name", ["file/below", "x" * 5000])
def test_a_folder_that_cannot_be_written_is_no_error(tmp_path, name):
    """Where nothing can be kept, the guide is read all the same."""
    (tmp_path / "file").touch()
    assert load_guide(GOOD, tmp_path / name).guide == load_guide(GOOD).guide


def test_a_folder_in_place_of_the_kept_file_leaves_no_litter(kept_in):
    """What was begun and cannot be put in place is taken away again."""
    (kept_in / FILE).mkdir(parents=True)
    load_guide(GOOD, kept_in)
    assert [path.name for path in kept_in.iterdir()] == [FILE]


def test_a_full_disk_leaves_no_litter(good, kept_in):
    """A guide that cannot be written whole is not kept at all, and is read all the same."""
    full = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
    assert loaded_in_a_fresh_python(good, kept_in, before=full) == ["1", "True", "True"]
    assert list(kept_in.iterdir()) == []


def test_only_the_owner_may_look_at_what_is_kept(kept_in):
    """Folder and file are the owner's alone, like the records beside them."""
    load_guide(GOOD, kept_in)
    modes = [path.stat().st_mode & 0o777 for path in (kept_in, kept_in / FILE)]
    assert modes == [0o700, 0o600]


def hashes(folder):
    loaded = load_guide(folder)
    return loaded.raw_hash, loaded.meaning_hash


def what_changed(folder, file, old, new):
    """Tell which of the raw and the meaning hash an edit changes."""
    before = hashes(folder)
    edit(folder, file, old, new)
    return tuple(now != then for now, then in zip(hashes(folder), before, strict=True))


def test_line_endings_change_no_hash(good):
    """A guide checked out with the line endings of another system is the same guide."""
    before = hashes(good)
    for path in good.glob("*.yaml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert hashes(good) == before


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("guide.yaml", "# The smallest", "# A small"),
        ("tree.yaml", "ask: open\n", "ask: open  # first of all\n"),
        ("questions.yaml", "ask: Is it open?", "ask: Is it ajar?"),
        ("outcomes.yaml", "reason: It is open.", "reason: It is not shut."),
        ("groups.yaml", "name: Second", "name: The second"),
        ("guide.yaml", 'version: "1"', 'version: "2"'),
    ],
)
def test_wording_changes_the_raw_hash_alone(good, file, old, new):
    """A comment or another word makes another file and the same decision."""
    assert what_changed(good, file, old, new) == (True, False)


def test_an_edge_changes_the_meaning(good):
    """An answer that leads elsewhere is another decision."""
    edge, other = "none: without_goal, some: with_goal", "none: with_goal, some: without_goal"
    assert what_changed(good, "tree.yaml", edge, other) == (True, True)


def test_certainty_changes_the_meaning(good):
    """How sure an outcome is belongs to the decision."""
    edit(
        good, "guide.yaml", "  settled: Settled.\n", "  settled: Settled.\n  judgement: Weighed.\n"
    )
    sure, weighed = "certainty: settled", "certainty: judgement"
    assert what_changed(good, "outcomes.yaml", sure, weighed) == (True, True)


def test_a_rule_changes_the_meaning(good):
    """When a group fits belongs to the decision, even where no case ends otherwise."""
    rule, wider = "facts: {open: [yes]}", "facts: {open: [yes], goal: [none, some]}"
    assert what_changed(good, "groups.yaml", rule, wider) == (True, True)


WHOLE: dict[str, Any] = {"title": "T", "file": "f.pdf", "sections": ("1",)}


@pytest.mark.parametrize("fields", [{}, {"title": "T", "file": "f.pdf"}, {**WHOLE, "more": ""}])
def test_a_shape_has_its_own_fields_and_no_others(fields):
    """One that is missing or unknown is refused."""
    with pytest.raises(TypeError):
        Document(**fields)


def test_a_shape_cannot_be_changed():
    """Nor can a part of it be taken away; it is equal to one with the same fields."""
    document: Any = Document(**WHOLE)
    with pytest.raises(AttributeError):
        document.title = "U"
    with pytest.raises(AttributeError):
        del document.title
    assert document == Document(**WHOLE) != Document(**WHOLE | {"title": "U"})
    assert hash(document) == hash(Document(**WHOLE))
