"""Folders that are missing, empty, half-written or scribbled over end in a clear error, or load."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import GuideError
from assistant.guide.loading import LoadedGuide, check_quotes, load_guide
from assistant.guide.problems import GuideProblemsError
from tests.builders import CONTENT, content_copy, edit
from tests.examples import examples

GOOD = Path(__file__).parent / "good"
SMALL_FILES = sorted(path.name for path in GOOD.glob("*.yaml"))
SHIPPED_FILES = sorted(path.relative_to(CONTENT).as_posix() for path in CONTENT.rglob("*.yaml"))

SCRIBBLES = st.binary(min_size=1, max_size=4) | st.sampled_from(
    [
        b"&a ",
        b"*a ",
        b"!t ",
        b"? ",
        b"[",
        b"}",
        b": ",
        b"- ",
        b"\n",
        b"---\n",
        b"'",
        b'"',
        b"|",
        b"#",
    ]
)


@pytest.fixture
def good(tmp_path):
    return Path(shutil.copytree(GOOD, tmp_path / "good"))


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """Return a copy of the smallest guide and one of the shipped guide, to be broken and mended."""
    folder = tmp_path_factory.mktemp("broken")
    return Path(shutil.copytree(GOOD, folder / "good")), content_copy(folder)


def loads_or_says_why(folder, file, content):
    """Load the guide with one file's bytes changed, then change them back."""
    before = (folder / file).read_bytes()
    (folder / file).write_bytes(content)
    try:
        return isinstance(load_guide(folder), LoadedGuide)
    except GuideError as error:
        return error.where == str(folder) and bool(error.what)
    finally:
        (folder / file).write_bytes(before)


def cut_at(folder, file, place):
    content = (folder / file).read_bytes()
    return content[: place % len(content)]


def scribbled(folder, file, place, scribble):
    content = (folder / file).read_bytes()
    place %= len(content)
    return content[:place] + scribble + content[place + len(scribble) :]


@given(st.sampled_from(SMALL_FILES), st.integers(0, 10**6))
@examples(100)
def test_a_file_cut_short_never_ends_in_a_crash(folders, file, place):
    """A file cut at any byte is read, or its mistakes are named."""
    assert loads_or_says_why(folders[0], file, cut_at(folders[0], file, place))


@given(st.sampled_from(SMALL_FILES), st.integers(0, 10**6), SCRIBBLES)
@examples(200)
def test_a_file_scribbled_over_never_ends_in_a_crash(folders, file, place, scribble):
    """A file with any bytes overwritten is read, or its mistakes are named."""
    assert loads_or_says_why(folders[0], file, scribbled(folders[0], file, place, scribble))


@given(st.sampled_from(SHIPPED_FILES), st.integers(0, 10**6))
@examples(25)
def test_a_shipped_file_cut_short_never_ends_in_a_crash(folders, file, place):
    """The same holds for the shipped guide's files."""
    assert loads_or_says_why(folders[1], file, cut_at(folders[1], file, place))


@given(st.sampled_from(SHIPPED_FILES), st.integers(0, 10**6), SCRIBBLES)
@examples(25)
def test_a_shipped_file_scribbled_over_never_ends_in_a_crash(folders, file, place, scribble):
    """And for scribbles in them."""
    assert loads_or_says_why(folders[1], file, scribbled(folders[1], file, place, scribble))


@pytest.mark.parametrize("name", ["not there", "x" * 5000, "\0"])
def test_a_folder_that_is_not_there(tmp_path, name):
    """The folder is named, and what to do."""
    with pytest.raises(GuideError) as caught:
        load_guide(tmp_path / name)
    assert (caught.value.where, bool(caught.value.mend)) == (str(tmp_path / name), True)


def test_a_file_in_place_of_the_folder(tmp_path):
    """A file is no folder to read a guide from."""
    (tmp_path / "guide.yaml").touch()
    with pytest.raises(GuideError):
        load_guide(tmp_path / "guide.yaml")


def test_an_empty_folder_lacks_every_part(tmp_path):
    """Each part that is missing is named."""
    with pytest.raises(GuideProblemsError) as caught:
        load_guide(tmp_path)
    assert {problem.rule for problem in caught.value.problems} == {"missing-file"}


LEFT_OUT = ["comparisons.yaml", "card.yaml", "readings.yaml"]
"""Files of parts that a guide can do without."""


@pytest.mark.parametrize("file", LEFT_OUT)
def test_a_part_that_may_be_left_out(good, file):
    """A guide without comparisons, readings, or a desk card of its own is whole."""
    (good / file).unlink()
    assert load_guide(good).proof.exhaustive


@pytest.mark.parametrize("file", sorted({*SMALL_FILES} - {*LEFT_OUT}))
def test_a_part_that_is_missing(good, file):
    """A missing file is the one mistake named."""
    (good / file).unlink()
    with pytest.raises(GuideProblemsError) as caught:
        load_guide(good)
    assert [(p.file, p.rule) for p in caught.value.problems] == [(file, "missing-file")]


@pytest.mark.parametrize("file", SMALL_FILES)
def test_a_part_that_is_empty(good, file):
    """An empty file is the one mistake named."""
    (good / file).write_bytes(b"")
    with pytest.raises(GuideProblemsError) as caught:
        load_guide(good)
    assert [(p.file, p.rule) for p in caught.value.problems] == [(file, "empty-file")]


def test_a_folder_in_place_of_a_file(good):
    """What cannot be read as a file is named."""
    (good / "tree.yaml").unlink()
    (good / "tree.yaml").mkdir()
    with pytest.raises(GuideError) as caught:
        load_guide(good)
    assert caught.value.where == str(good / "tree.yaml")


def test_a_link_that_leads_nowhere(good):
    """A file that is only a name is named."""
    (good / "glossary.yaml").unlink()
    (good / "glossary.yaml").symlink_to(good / "nowhere.yaml")
    with pytest.raises(GuideError) as caught:
        load_guide(good)
    assert caught.value.where == str(good / "glossary.yaml")


@pytest.mark.parametrize("depth", [100, 20_000])
def test_a_file_nested_without_end(good, depth):
    """Brackets in brackets are refused before they are followed too far."""
    (good / "topics.yaml").write_text(f"a: {'[' * depth}{']' * depth}\n")
    with pytest.raises(GuideProblemsError) as caught:
        load_guide(good)
    assert [(p.file, p.rule) for p in caught.value.problems] == [("topics.yaml", "yaml")]


def test_a_mark_of_byte_order_is_no_part_of_the_text(good):
    """A file saved with a byte order mark is the same file."""
    before = load_guide(good).raw_hash
    text = (good / "tree.yaml").read_bytes()
    (good / "tree.yaml").write_bytes(b"\xef\xbb\xbf" + text)
    assert load_guide(good).raw_hash == before


def test_the_least_number_of_questions_is_one(good):
    """A limit below one question is refused where it stands."""
    edit(good, "guide.yaml", "longest_interview: 2", "longest_interview: 0")
    with pytest.raises(GuideProblemsError) as caught:
        load_guide(good)
    (problem,) = caught.value.problems
    assert (problem.line, problem.column, problem.rule) == (3, 20, "wrong-shape")


def test_scalars_stay_as_typed(good):
    """Words that other readers of YAML turn into something else stay words."""
    edit(good, "glossary.yaml", "[half open]", "[no, 1.0, null, 2020-01-01, ~, 0x1F]")
    loaded = load_guide(good)
    assert loaded.guide.glossary["ajar"].also == ("no", "1.0", "null", "2020-01-01", "~", "0x1F")


def test_a_document_that_cannot_be_read(good, tmp_path):
    """A cited document that is not in the folder named is said to be missing."""
    with pytest.raises(GuideError) as caught:
        check_quotes(good, load_guide(good).guide, tmp_path)
    assert caught.value.where == str(tmp_path / "page.txt")
