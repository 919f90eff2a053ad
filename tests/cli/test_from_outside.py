"""What comes from outside, through every command that takes it: files, names, words, days."""

import json
import os
import re
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO, StringIO, TextIOWrapper

import pytest

from assistant.cli import main
from assistant.records.store import open_store
from assistant.training.attempts import digest, results_text
from assistant.training.classes import class_text
from tests.builders import shipped
from tests.cli.test_training_report import CLASS, answered
from tests.entries import ADOPTION, entry_of
from tests.records.conftest import any_entry

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes and devices by name")
SOON = 20  # seconds; whatever waits for a pipe waits for good

STRANGE = "\x1b]52;c;Y2xpcA==\x07\x1b]0;title\x07\u202e\u200f\u200b\u2028\U000e0041"
"""What sets a terminal's clipboard and title, turns text round, hides in it and breaks lines."""


def obeyed(said):
    """Return what a terminal would obey, or nobody would see, in what was said."""
    return sorted({c for c in said if not c.isprintable() and c != "\n"})


def strange_file(folder, kind):
    """Make what is no regular file, or has no end."""
    path = folder / f"{kind}.json"
    os.mkfifo(path) if kind == "pipe" else path.symlink_to("/dev/zero")
    return path


@posix
@pytest.mark.parametrize("kind", ["pipe", "endless"])
@pytest.mark.parametrize(
    "command",
    [
        ["records", "import", "FILE"],
        ["training", "collect", "FILE"],
        ["training", "cases", "--class", "FILE"],
        ["training", "report", "--class", "FILE"],
        ["ask", "--plain", "--class", "FILE"],
        ["groups", "--decisions", "FILE"],
        ["training", "new-class", "Own", "--stories", "FILE", "--output", "own.json"],
        ["check", "FILE"],
    ],
    ids=" ".join,
)
def test_a_file_without_end_is_refused(tmp_path, capsys, kind, command):
    """In a sentence that names it, and without waiting."""
    path = strange_file(tmp_path, kind)
    words = [str(path) if word == "FILE" else word for word in command]
    assert main(words) in {1, 2}
    assert re.search("not a (regular )?file", capsys.readouterr().err)


@posix
@pytest.mark.parametrize("kind", ["pipe", "endless"])
@pytest.mark.parametrize("place", ["settings", "guide", "handbook", "kept guide", "records.head"])
def test_nothing_of_ones_own_is_waited_for(tmp_path, data_folder, kind, place):
    """Neither settings, guide, head nor what is kept: what is needed is named, the rest is left."""
    data_folder.mkdir(mode=0o700)
    strange = strange_file(tmp_path, kind)
    guide = tmp_path / "guide"
    variables = {"SERVICE_GROUP_DATA": str(data_folder), "SERVICE_GROUP_SETTINGS": os.devnull}
    command = ["groups"]
    if place == "settings":
        variables["SERVICE_GROUP_SETTINGS"] = str(strange)
    elif place in {"guide", "handbook"}:
        (guide / "handbook").mkdir(parents=True)
        strange.rename(guide / ("guide.yaml" if place == "guide" else "handbook/own.md"))
        command = ["groups", "--content", str(guide)]
    else:
        name = "guide.kept.json" if place == "kept guide" else place
        strange.rename(data_folder / name)
    script = "import sys; from assistant.cli import main; sys.exit(main(sys.argv[1:]))"
    done = subprocess.run(
        [sys.executable, "-c", script, *command],
        env={**os.environ, **variables},
        capture_output=True,
        timeout=SOON,
        check=False,
    )
    assert done.returncode == (0 if place in {"kept guide", "records.head"} else 1)
    assert b"Traceback" not in done.stderr


MARKED = ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]


@pytest.mark.parametrize("encoding", MARKED)
def test_a_file_in_another_encoding_is_read_or_named(tmp_path, data_folder, capsys, encoding):
    """As PowerShell writes it with `>`: an export, a class, results, settings, a line of facts."""
    with_one = open_store(data_folder, rules=shipped().decision, patience=0)
    with_one.add(entry_of(ADOPTION, service="café"))
    assert main(["records", "export", "--format", "json", "--output", str(tmp_path / "out")]) == 0
    texts = {
        "export": (tmp_path / "out").read_text(encoding="utf-8"),
        "class": class_text(CLASS),
        "results": results_text(answered("kim", 100, 1)),
    }
    commands = {
        "export": ["records", "import"],
        "class": ["training", "cases", "--class"],
        "results": ["training", "collect"],
    }
    capsys.readouterr()
    for name, text in texts.items():
        path = tmp_path / f"{name}.json"
        path.write_bytes(text.encode(encoding))
        code = main([*commands[name], str(path)])
        said = capsys.readouterr()
        assert code == 0 if encoding == "utf-8-sig" else code in {1, 2}, (name, said.err)
        assert encoding == "utf-8-sig" or encoding[:6].upper() in said.err, (name, said.err)


@pytest.mark.parametrize(("encoding", "code"), [("utf-8-sig", 0), ("utf-16", 2)])
def test_facts_by_line_may_have_a_mark(monkeypatch, capsys, encoding, code):
    line = json.dumps({"goal": "adoption", "investigation": "none", "fins": "no"})
    given = TextIOWrapper(BytesIO(f"{line}\n".encode(encoding)))
    monkeypatch.setattr(sys, "stdin", given)
    assert main(["recommend", "--json", "-"]) == code
    said = capsys.readouterr()
    assert '"status"' in said.out if code == 0 else "UTF-16" in said.err


@posix
@pytest.mark.parametrize(
    "command",
    [
        ["training", "collect", "FILE"],
        ["training", "report", "--class", "FILE"],
        ["records", "import", "FILE"],
        ["records", "list", "--data", "FILE"],
        ["groups", "--content", "FILE"],
        ["groups", "--decisions", "FILE"],
        ["records", "list", "FILE"],
        ["FILE"],
        ["groups", "FILE"],
        ["lookup", "FILE"],
        ["training", "report", "--alias", "FILE"],
        ["training", "cases", "FILE"],
        ["training", "new-class", "FILE", "--output", "x"],
        ["records", "list", "--since", "FILE"],
        ["records", "list", "--group", "FILE"],
        ["recommend", "FILE=x"],
        ["content", "check", "--content", "FILE"],
        ["doctor", "--data", "FILE"],
        ["help", "FILE"],
    ],
    ids=" ".join,
)
def test_a_name_from_outside_steers_no_terminal(tmp_path, monkeypatch, capsys, command):
    """Whatever is said of it: as a message, as a usage error, and where it is none."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / f"x{STRANGE}.json").write_text("{}", encoding="utf-8")
    main([word.replace("FILE", f"x{STRANGE}.json") for word in command])
    said = capsys.readouterr()
    assert said.out + said.err
    assert obeyed(said.out + said.err) == []


def test_text_of_an_entry_steers_no_terminal(data_folder, capsys):
    """An export of another's may hold anything; every command that shows an entry shows that."""
    store = open_store(data_folder, rules=shipped().decision, patience=0)
    store.add(entry_of(ADOPTION, whom=f"a{STRANGE}", service=f"b{STRANGE}"))
    for words in (["list"], ["show", "1"], ["history", "1"], ["memo", "1"], ["replay"]):
        main(["records", *words])
        said = capsys.readouterr()
        assert obeyed(said.out + said.err) == []


def test_signs_alone_list_nothing(data_folder, capsys):
    open_store(data_folder, patience=0).add(any_entry())
    assert main(["records", "list", "--text", '"']) == 0
    assert "child 1" not in capsys.readouterr().out


def test_words_are_read_from_standard_input(data_folder, monkeypatch, capsys):
    """Of what is searched nothing is in the list of processes; the help says how."""
    open_store(data_folder, patience=0).add(any_entry(case_number="4217"))
    for typed, found in (("4217\n", True), ("\ufeff4217\r\n", True), ("4218\n", False), ("", True)):
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(typed.encode())))
        assert main(["records", "list", "--text", "-"]) == 0
        assert ("4217" in capsys.readouterr().out) == found
    assert main(["records", "list", "--help"]) == 0
    help_text = " ".join(capsys.readouterr().out.split())
    assert "With -," in help_text


@posix
def test_standard_output_has_a_name_of_its_own(data_folder, tmp_path, capsys):
    """A device is not written over, by force or not, and it is said what to write instead."""
    open_store(data_folder, patience=0).add(any_entry())
    link = tmp_path / "stdout"
    link.symlink_to("/proc/self/fd/1")
    command = ["records", "export", "--format", "csv", "--output"]
    for words in ([*command, str(link)], [*command, str(link), "--force"]):
        assert main(words) == 2
        assert "- for standard output" in capsys.readouterr().err
    assert link.is_symlink()
    assert main([*command, "-"]) == 0
    assert "child 1" in capsys.readouterr().out


@contextmanager
def in_zone(zone, monkeypatch):
    with monkeypatch.context() as changed:
        changed.setenv("TZ", zone)
        time.tzset()
        yield
    time.tzset()


@posix
@pytest.mark.parametrize("reader", ["Pacific/Kiritimati", "Etc/GMT+12", "America/Chicago"])
def test_the_day_of_an_entry_is_one_day_everywhere(data_folder, monkeypatch, capsys, reader):
    """The one kept in it: in lists, filters, counts, CSV, history and purge, whoever reads it where."""
    with in_zone("America/Chicago", monkeypatch):
        store = open_store(data_folder, rules=shipped().decision, patience=0)
        late = datetime(2026, 1, 1, 5, 30, tzinfo=UTC)  # half past eleven on New Year's Eve there
        store.add(entry_of(ADOPTION, when=late))
    with in_zone(reader, monkeypatch):

        def said(*words):
            code = main(["records", *words])
            out = capsys.readouterr()
            assert code == 0, out.err
            return out.out

        assert "Dec 31, 2025" in said("list")
        assert "Dec 31, 2025" in said("show", "1")
        assert "Dec 31, 2025" in said("history", "1")
        assert "Dec 2025" in said("summary", "--unsuppressed")
        assert "child 1" in said("list", "--since", "2025-12-31", "--until", "12/31/2025")
        assert "child 1" not in said("list", "--since", "2026-01-01")
        assert '"2025-12-31 ' in said("export", "--format", "csv", "--output", "-")
        assert '"day": "2025-12-31"' in said("export", "--format", "json", "--output", "-").replace(
            '":"', '": "'
        )
        assert "Nothing was recorded before" in said("purge", "--before", "2025-12-31", "--yes")
        assert "Erased 1 line" in said("purge", "--before", "2026-01-01", "--yes")


def changed_results(**change):
    """Return a results file whose first answer was changed, with a checksum that fits."""
    data = json.loads(results_text(answered("lee", 200, 5)))
    del data["checksum"]
    data["attempts"][0] |= change
    return json.dumps({**data, "checksum": digest(data)})


BAD = [
    {"when": "0001-01-01T00:00:00+14:00"},
    {"when": "9999-12-31T23:59:59-12:00"},
    {"when": "1969-12-31T00:00:00+00:00"},
    {"when": "2201-01-01T00:00:00+00:00"},
    {"class_id": 0},
    {"class_id": None},
    {"alias": 7},
    {"alias": "x\x1b[2J"},
    {"facts": "goal"},
    {"story": ["a"]},
    {"mode": None},
    {"misread": 0, "taken": 0},
]


@pytest.mark.parametrize("change", BAD, ids=str)
def test_one_bad_results_file_stops_nothing(tmp_path, capsys, change):
    """The others are added, it is named, and every report goes on."""
    (tmp_path / "a.json").write_text(changed_results(**change), encoding="utf-8")
    (tmp_path / "b.json").write_text(results_text(answered("kim", 100, 1)), encoding="utf-8")
    (tmp_path / "c.class.json").write_text(class_text(CLASS), encoding="utf-8")
    os.mkfifo(tmp_path / "d.json")
    (tmp_path / "e.json").write_bytes(b"\xff\xfe{\x00")
    assert main(["training", "collect", str(tmp_path / "a.json"), str(tmp_path / "b.json")]) == 2
    said = capsys.readouterr()
    assert "a.json: refused" in said.err
    assert "b.json: 6 new" in said.out
    assert main(["training", "collect", str(tmp_path)]) == 2
    capsys.readouterr()
    assert main(["training", "report", "--class", str(tmp_path / "c.class.json")]) == 0
    assert "kim" in capsys.readouterr().out


def test_a_trainee_s_wrong_answers_can_be_removed(tmp_path, monkeypatch, capsys):
    """All, or those of a class; after a yes, and nobody else's."""
    class_path, handed = tmp_path / "c.class.json", tmp_path / "handed.json"
    class_path.write_text(class_text(CLASS), encoding="utf-8")
    other = answered("lee", 400, 1, class_id="")
    handed.write_text(
        results_text([*answered("kim", 100, 1), *answered("lee", 200, 5), *other]), encoding="utf-8"
    )
    assert main(["training", "collect", str(handed)]) == 0
    remove = ["training", "remove", "--alias", "LEE"]
    for typed, code in (("no\n", 1), ("", 2)):
        monkeypatch.setattr(sys, "stdin", StringIO(typed))
        assert main(remove) == code
    capsys.readouterr()
    assert main([*remove, "--class", str(class_path), "--yes"]) == 0
    assert "Removed 6 answers of lee" in capsys.readouterr().out
    monkeypatch.setattr(sys, "stdin", StringIO("yes\n"))
    assert main(remove) == 0
    assert "Removed 6 answers of lee" in capsys.readouterr().out
    assert main(remove) == 2
    assert main(["training", "report", "--alias", "kim"]) == 0
    assert main(["training", "collect", str(handed)]) == 0
    assert "12 new, 6 already here" in capsys.readouterr().out


PLACE = {"alias": "kim", "mode": "drill", "session": "5" * 32, "stories": [], "given": []}


@pytest.mark.parametrize(
    "change",
    [
        {"alias": 7},
        {"mode": 7},
        {"mode": "x"},
        {"session": None},
        {"stories": "abc"},
        {"stories": [7]},
        {"given": [None]},
        {"pass_mark": "80"},
        {"class_text": 5},
        {"class_text": "{"},
        {"over": "yes"},
        {"surprise": 1},
    ],
    ids=str,
)
def test_a_strange_bookmark_stops_no_practice(data_folder, monkeypatch, capsys, change):
    """It is as good as none."""
    data_folder.mkdir(mode=0o700)
    held = json.dumps({"places": [PLACE | change]})
    for folder in (data_folder, data_folder / "drafts"):
        folder.mkdir(mode=0o700, exist_ok=True)
        (folder / "practice.place").write_text(held, encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", StringIO("q\n"))
    assert main(["training", "drill", "--alias", "kim"]) == 0
    assert capsys.readouterr().out


@pytest.mark.parametrize(
    "change", [{"code": 7}, {"places": "x"}, {"alias": None}, {"more": 1}], ids=str
)
def test_a_strange_alias_file_stops_no_practice(data_folder, monkeypatch, capsys, change):
    """Nobody is taken for its owner."""
    monkeypatch.setattr(sys, "stdin", StringIO("q\n"))
    assert main(["training", "drill", "--alias", "kim"]) == 0
    kept = list((data_folder / "aliases").glob("*.json"))
    assert kept
    for path in kept:
        held = json.loads(path.read_text(encoding="utf-8"))
        path.write_text(json.dumps(held | change), encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", StringIO("q\n"))
    assert main(["training", "drill", "--alias", "kim"]) in {0, 2}
    assert "program" not in capsys.readouterr().err


def test_a_piped_interview_may_begin_with_a_mark(monkeypatch, tmp_path, capsys):
    """As PowerShell writes one: the first answer is taken as typed."""
    said = []
    for number, typed in enumerate(("1\n", "\ufeff1\n")):
        monkeypatch.setattr(sys, "stdin", StringIO(typed))
        assert main(["ask", "--plain", "--data", str(tmp_path / str(number))]) == 0
        said.append(capsys.readouterr().out)
    assert said[0] == said[1]
