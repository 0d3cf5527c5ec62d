from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.helpers import Run, set_today
from tracker.model.article_draft import Article, Draft, Fact
from tracker.model.window_parser import parse_window
from tracker.paths import Paths
from tracker.service import clipper
from tracker.text import cells

TEXT = """\
“Old Ferry” is dated.

Harbour TV said that the film “Old Ferry” will come out on 14 May 2027.
Mina Doe plays Ann, 김수 is in it too, and Ida Roe directs.
"""
DATED = "Harbour TV said that the film “Old Ferry” will come out on 14 May 2027."
PEOPLE = "Mina Doe plays Ann, 김수 is in it too, and Ida Roe directs."


def fact(field: str, value: str, quote: str, role: str = "", confidence: float = 0.75) -> Fact:
    window = parse_window(value) if field == "release" else None
    return Fact(field, value, quote, TEXT.index(quote), confidence, role, window)


FACTS = (
    fact("title", "Old Ferry", "“Old Ferry” is dated."),
    fact("kind", "film", DATED),
    fact("status", "scheduled", DATED, confidence=0.91234),
    fact("release", "14 May 2027", DATED),
    fact("networks", "Harbour TV", DATED),
    fact("cast", "Mina Doe", PEOPLE, "Ann"),
    fact("cast", "김수", PEOPLE),
    fact("directors", "Ida Roe", PEOPLE),
)
OLD = Draft(FACTS)
NEW = Draft((fact("title", "Salt Road", DATED), *FACTS[1:]))
LIST = Draft(
    reason="it tells of many shows.",
    titles=(fact("title", "Old Ferry", "“Old Ferry” is dated."), fact("title", "It's a Road", DATED)),
)
PERHAPS = (
    fact("cast", "Ida Roe", PEOPLE, "Bo", 0.6),
    fact("cast", "Harbour", DATED, confidence=0.4)._replace(by="llama3"),
    fact("writers", "Ida Roe", PEOPLE, confidence=0.3),
    fact("release", "2027-05", DATED, confidence=0.55),
)
OFFERED = Draft(
    (FACTS[0], FACTS[3], FACTS[5]),
    titles=(FACTS[0], fact("title", "Harbour TV", DATED, confidence=0.2)),
    perhaps=PERHAPS,
)
RECAP = Draft(reason="it is a recap.")
EMPTY: dict[str, object] = {
    "title": None, "kind": None, "status": None, "release": None, "synopsis": None, "networks": [], "cast": [],
    "directors": [], "writers": [], "countries": [], "locations": [],
}  # fmt: skip


@pytest.fixture
def article(tmp_path: Path) -> str:
    (tmp_path / "article.txt").write_text(TEXT, encoding="utf-8")
    return str(tmp_path / "article.txt")


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Callable[[Draft], list[tuple[Article, str]]]:
    """A function that lets the clipper read this, and returns what it is asked."""

    def let(draft: Draft) -> list[tuple[Article, str]]:
        asked: list[tuple[Article, str]] = []

        def extract(article: Article, title: str = "", _known: object = None) -> Draft:
            asked.append((article, title))
            return draft

        monkeypatch.setattr(clipper, "extract", extract)
        return asked

    return let


Reads = Callable[[Draft], list[tuple[Article, str]]]


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    set_today(monkeypatch, "2026-11-23")


def test_draft_with_quotes_and_effects(run: Run, reads: Reads, article: str, path: Path) -> None:
    reads(OLD)
    before = path.read_bytes()
    code, out, err = run("clip", article, "--published", "2026-11-20")
    assert code == 0
    assert out.splitlines() == [
        "Old Ferry",
        "““Old Ferry” is dated.”",
        "  kind        film",
        f"              “{DATED}”",
        "  status      scheduled",
        f"              “{DATED}”",
        "  release     14 May 2027",
        f"              “{DATED}”",
        "  network     Harbour TV",
        f"              “{DATED}”",
        "  cast        Mina Doe as Ann",
        "              김수",
        f"              “{PEOPLE}”",
        "  director    Ida Roe",
        f"              “{PEOPLE}”",
        "  published   2026-11-20 (--published)",
        "",
        "on your list: Old Ferry (same title)  old-ferry",
        "  date narrowed: 2027 → 14 May 2027",
        "  status filming → scheduled",
        "  1 name added to the cast",
        "  Ida Roe added to the directors",
    ]
    assert err == "Nothing was saved. To add it, use --to old-ferry.\n"
    assert path.read_bytes() == before


def test_new_show_is_offered(run: Run, reads: Reads, article: str, path: Path) -> None:
    reads(NEW)
    code, out, err = run("clip", article)
    assert (code, out.splitlines()[-2:]) == (0, ["", "Salt Road is not on your list"])
    assert err == (
        "The article gives no date. Set it with --published, so that words like “next year” can be resolved.\n"
        "Nothing was saved. To add it, use --add.\n"
    )
    assert "salt" not in path.read_text(encoding="utf-8")


def test_match_by_people_offers_both_ways(run: Run, reads: Reads, article: str, path: Path) -> None:
    path.write_text(
        'format = 1\n\n[[show]]\ntitle = "Last Tram"\ncast = [{ actor = "Mina Doe" }, { actor = "김수" }]\n',
        encoding="utf-8",
    )
    reads(NEW)
    code, out, err = run("clip", article)
    assert code == 0
    assert "on your list: Last Tram (Mina Doe and 1 other in its cast)  last-tram" in out
    assert "  also known as Salt Road" in out
    assert "use --to last-tram or --add" in err


def test_draft_without_title_needs_an_entry(run: Run, reads: Reads, article: str, path: Path) -> None:
    reads(Draft(FACTS[2:3]))
    code, out, err = run("clip", article)
    assert (code, out.splitlines()[0]) == (0, "no title")
    assert "use --to ID" in err
    assert "this show is not on your list" in out
    assert "The article doesn't name “Slow Tram”." in run("clip", article, "--title", "Slow Tram")[2]
    assert run("clip", article, "--add")[::2] == (
        1, "tracker: Nothing was added: a new show needs a title, and the article gives none.\n",
    )  # fmt: skip


def test_json_of_a_draft(run: Run, reads: Reads, article: str, path: Path) -> None:
    reads(OLD)
    code, out, err = run("clip", article, "--json", "--published", "2026-11-20")
    assert (code, err) == (0, "")
    said = {"quote": DATED, "confidence": 0.75}
    assert json.loads(out) == {
        "verdict": "draft",
        "reason": None,
        "published": "2026-11-20",
        "source": None,
        "url": None,
        "titles": [],
        "title": {"value": "Old Ferry", "quote": "“Old Ferry” is dated.", "confidence": 0.75},
        "kind": {"value": "film", **said},
        "status": {"value": "scheduled", "quote": DATED, "confidence": 0.912},
        "release": {
            "value": "14 May 2027", **said, "edtf": "2027-05-14", "earliest": "2027-05-14", "latest": "2027-05-14",
        },
        "synopsis": None,
        "networks": [{"value": "Harbour TV", **said}],
        "cast": [
            {"actor": "Mina Doe", "role": "Ann", "quote": PEOPLE, "confidence": 0.75},
            {"actor": "김수", "role": None, "quote": PEOPLE, "confidence": 0.75},
        ],
        "directors": [{"value": "Ida Roe", "quote": PEOPLE, "confidence": 0.75}],
        "writers": [],
        "countries": [],
        "locations": [],
        "perhaps": [],
        "matches": ["old-ferry"],
    }  # fmt: skip


def test_abstained_draft(run: Run, reads: Reads, article: str, path: Path) -> None:
    reads(RECAP)
    assert run("clip", article) == (0, "No draft: it is a recap.\n", "")
    code, out, err = run("clip", article, "--json")
    assert (code, err) == (0, "")
    assert json.loads(out) == {
        "verdict": "abstain", "reason": "it is a recap.", "published": None, "source": None, "url": None, "titles": [],
        **EMPTY, "perhaps": [], "matches": [],
    }  # fmt: skip


def test_titles_of_a_list_are_printed_and_picked(run: Run, reads: Reads, article: str, path: Path) -> None:
    asked = reads(LIST)
    code, out, err = run("clip", article)
    assert code == 0
    assert out.splitlines() == [
        "No draft: it tells of many shows.",
        "  Old Ferry",
        "    ““Old Ferry” is dated.”",
        "  It's a Road",
        f"    “{DATED}”",
    ]
    assert err == "Pick one with --title: tracker clip … --title 'Old Ferry'\n"
    assert json.loads(run("clip", article, "--json")[1])["titles"] == [
        {"value": "Old Ferry", "quote": "“Old Ferry” is dated."},
        {"value": "It's a Road", "quote": DATED},
    ]
    run("clip", article, "--title", " It's a  Road ")
    assert [title for _, title in asked] == ["", "", "It's a Road"]


@pytest.mark.parametrize("how", [["--add"], ["--to", "old-ferry"], ["--add", "--json"]])
@pytest.mark.parametrize(
    ("draft", "reason"),
    [(RECAP, "it is a recap."), (LIST, "it tells of many shows. Pick one of its shows with --title.")],
)
def test_abstained_draft_is_not_imported(
    run: Run, reads: Reads, article: str, path: Path, how: list[str], draft: Draft, reason: str
) -> None:
    reads(draft)
    before = path.read_bytes()
    assert run("clip", article, *how) == (1, "", f"tracker: Nothing was added: {reason}\n")
    assert path.read_bytes() == before


def test_add_prints_the_id(run: Run, reads: Reads, article: str, path: Path) -> None:
    reads(NEW)
    before = path.read_bytes()
    assert run("clip", article, "--add", "--published", "2026-11-20") == (0, "salt-road\n", "Salt Road added\n")
    show = json.loads(run("show", "salt-road", "--json")[1])
    assert (show["kind"], show["status"], show["window"]["text"]) == ("film", "scheduled", "14 May 2027")
    assert [one["actor"] for one in show["cast"]] == ["Mina Doe", "김수"]
    [claim] = show["history"]
    assert (claim["on"], claim["source"], claim["note"]) == ("2026-11-20", "", f"“{DATED}”")
    run("undo")
    assert path.read_bytes() == before


def test_add_of_a_show_on_the_list_is_refused(run: Run, reads: Reads, article: str, path: Path) -> None:
    reads(OLD)
    before = path.read_bytes()
    code, out, err = run("clip", article, "--add")
    assert (code, out) == (1, "")
    assert err == "tracker: Old Ferry is already on your list: old-ferry. Add the article to it with --to old-ferry.\n"
    assert path.read_bytes() == before


def test_to_adds_the_article_to_an_entry(run: Run, reads: Reads, article: str, path: Path) -> None:
    reads(OLD)
    before = path.read_bytes()
    code, out, err = run("clip", article, "--to", "old-ferry", "--published", "2026-11-20")
    assert (code, out) == (0, "")
    told = "date narrowed: 2027 → 14 May 2027; status filming → scheduled; 1 name added to the cast; 1 more"
    assert err == f"Old Ferry: {told}\n"
    assert json.loads(run("show", "old-ferry", "--json")[1])["window"]["text"] == "14 May 2027"
    again = run("clip", article, "--to", "old-ferry", "--published", "2026-11-20")
    assert again == (0, "", "Old Ferry: nothing new: already recorded on 2026-11-20\n")
    run("undo")
    assert path.read_bytes() == before


@pytest.mark.parametrize(("draft", "how"), [(NEW, ["--add"]), (OLD, ["--to", "old-ferry"])])
def test_import_with_json(run: Run, reads: Reads, article: str, path: Path, draft: Draft, how: list[str]) -> None:
    reads(draft)
    code, out, _ = run("clip", article, "--json", *how)
    assert (code, json.loads(out)["title"]["value"]) == (0, draft.title)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["no-such-file.txt"], 1, "no-such-file.txt does not exist"),
        (["."], 1, "is a folder"),
        ([""], 1, "Clip what?"),
        (["https://"], 5, "Not a web address"),
        (["http://127.0.0.1:9/x"], 5, "Can't reach"),
        (["ARTICLE", "--published", "someday"], 2, "Not a date: “someday”"),
        (["ARTICLE", "--to", "old-fery"], 1, "old-ferry"),
        (["ARTICLE", "--to", ""], 1, "No show has the id “”"),
        (["ARTICLE", "--to", "old-ferry", "--add"], 2, "not allowed with"),
        ([], 2, "required"),
    ],
)
def test_clip_refusals(
    run: Run, reads: Reads, article: str, path: Path, arguments: list[str], code: int, words: str
) -> None:
    reads(OLD)
    before = path.read_bytes()
    found, out, err = run("clip", *(article if one == "ARTICLE" else one for one in arguments))
    assert (found, out) == (code, "")
    assert words in err
    assert "Traceback" not in err
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (TEXT.encode(), TEXT.strip()),
        (b"<html><p>Old Ferry comes in May.</p></html>", "Old Ferry comes in May."),
        ("<meta charset=euc-kr><p>옛날 집</p>".encode("cp949"), "옛날 집"),
    ],
)
def test_stdin_is_text_or_html(
    run: Run, reads: Reads, path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, text: str
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    asked = reads(RECAP)
    assert run("clip", "-") == (0, "No draft: it is a recap.\n", "")
    assert asked[0][0].text == text


def test_empty_stdin_is_refused(run: Run, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    code, out, err = run("clip", "-", "--json")
    assert (code, out) == (1, "")
    assert "There is no text to read" in err


@pytest.mark.usefixtures("terminal")
def test_quote_of_what_is_perhaps_so_takes_one_line(
    run: Run, reads: Reads, article: str, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    quote = "They said much about the harbour. " * 4 + "Mina Doe is in it. " + "And there was more. " * 4
    reads(Draft(perhaps=(Fact("cast", "Mina Doe", quote, 0, 0.5),)))
    lines = run("clip", article)[1].splitlines()
    [quoted] = [line for line in lines if "Mina Doe is" in line]
    assert quoted.strip()[:2] == "“…"
    assert quoted[-2:] == "…”"
    assert cells(quoted) <= 80
    assert lines.index(quoted) == lines.index("  cast 1      Mina Doe (50 %)") + 1


@pytest.mark.usefixtures("terminal")
def test_lines_fit_on_a_terminal(run: Run, article: str, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = TEXT.replace("Harbour TV", "Netflix") + "\n“Old Ferry” tells of 옛날 집 " + "집 " * 60 + "and of Mina Doe."
    Path(article).write_text(text, encoding="utf-8")
    monkeypatch.setenv("NO_COLOR", "1")
    code, out, _ = run("clip", article)
    assert (code, len(out.splitlines()) > 10) == (0, True)
    assert all(cells(line) <= 80 for line in out.splitlines())


def test_clip_imports_neither_app_nor_network(article: str, path: Path) -> None:
    code = (
        "import sys; from tracker.cli.main import main; main(['clip', sys.argv[1], '--json']);"
        "sys.exit(', '.join({'textual', 'httpx', 'selectolax'} & sys.modules.keys()) or 0)"
    )
    run = subprocess.run([sys.executable, "-c", code, article], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")


def test_perhaps_is_printed_with_its_numbers(run: Run, reads: Reads, article: str, path: Path) -> None:
    reads(OFFERED)
    code, out, err = run("clip", article, "--published", "2026-11-20", "--source", "Pier Post")
    assert code == 0
    lines = out.splitlines()
    first = lines.index("  source      Pier Post")
    assert lines[first + 1 : first + 13] == [
        "",
        "perhaps (how often such a fact is right)",
        "  cast 1      Ida Roe as Bo (60 %)",
        f"              “{PEOPLE}”",
        "  cast 2      Harbour (40 %, by llama3)",
        f"              “{DATED}”",
        "  release 1   May 2027 (55 %)",
        f"              “{DATED}”",
        "  writer 1    Ida Roe (30 %)",
        f"              “{PEOPLE}”",
        "  title       Harbour TV (20 %)",
        f"              “{DATED}”",
    ]
    assert "e.g. --cast 1." in err


def test_numbers_take_what_is_perhaps_so(run: Run, reads: Reads, article: str, path: Path) -> None:
    reads(OFFERED)
    code, out, _ = run("clip", article, "--json", "--cast", "2,1", "--release", "1")
    draft = json.loads(out)
    assert (code, draft["release"]["value"]) == (0, "2027-05")
    assert [one["actor"] for one in draft["cast"]] == ["Harbour", "Mina Doe", "Ida Roe"]
    assert draft["cast"][0]["by"] == "llama3"
    assert draft["perhaps"] == [
        {"field": "writer", "number": 1, "value": "Ida Roe", "quote": PEOPLE, "confidence": 0.3}
    ]
    untouched = json.loads(run("clip", article, "--json")[1])["perhaps"]
    assert untouched[2] == {
        "field": "release", "number": 1, "value": "2027-05", "edtf": "2027-05", "quote": DATED, "confidence": 0.55,
    }  # fmt: skip
    assert untouched[0] == {
        "field": "cast", "number": 1, "value": "Ida Roe", "role": "Bo", "quote": PEOPLE, "confidence": 0.6,
    }  # fmt: skip
    assert [(one["field"], one["number"]) for one in untouched] == [
        ("cast", 1), ("cast", 2), ("release", 1), ("writer", 1),
    ]  # fmt: skip
    text = run("clip", article, "--cast", "1")[1]
    assert "Ida Roe as Bo" in text
    assert "  cast 2 " in text
    assert "  cast 1 " not in text


def test_taken_facts_are_imported(run: Run, reads: Reads, article: str, path: Path) -> None:
    reads(OFFERED)
    arguments = ("--to", "old-ferry", "--cast", "1", "--source", "Pier  Post", "--url", "https://pier.example/1")
    code, _, _ = run("clip", article, *arguments)
    show = json.loads(run("show", "old-ferry", "--json")[1])
    assert (code, "Ida Roe" in [one["actor"] for one in show["cast"]]) == (0, True)
    assert ("Pier Post", "https://pier.example/1") in [(one["source"], one["url"]) for one in show["history"]]


def test_settings_that_cannot_be_read_are_said(run: Run, reads: Reads, article: str, path: Path) -> None:
    reads(OLD)
    settings = Paths(path).settings
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text('[reader]\nurl = "http://localhost:1/v1"\nmodel = "a\\q"\n')
    code, out, err = run("clip", article)
    assert (code, out.startswith("Old Ferry")) == (0, True)
    assert "settings.toml:3:" in err


def test_taken_facts_of_an_abstained_article(run: Run, reads: Reads, article: str, path: Path) -> None:
    reads(RECAP._replace(perhaps=PERHAPS))
    code, out, err = run("clip", article)
    assert (code, out.splitlines()[:3]) == (
        0,
        ["No draft: it is a recap.", "", "perhaps (how often such a fact is right)"],
    )
    assert "--cast 1" in err
    assert run("clip", article, "--add")[0] == 1
    assert "needs a title" in run("clip", article, "--add", "--release", "1")[2]
    code, out, _ = run("clip", article, "--add", "--release", "1", "--title", "Salt Road")
    assert (code, out) == (0, "salt-road\n")
    assert json.loads(run("show", "salt-road", "--json")[1])["window"]["text"] == "2027-05"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--cast", "3"], "--cast: there is no cast 3; its numbers are 1 to 2."),
        (["--writer", "0"], "--writer: there is no writer 0; its only number is 1."),
        (["--network", "1"], "--network: the article offers no network."),
        (["--release", "1,2"], "--release: a show has one. Give one number."),
        (["--cast", "Ida Roe"], "Not a number: “Ida Roe”. Write 1 or 2,3."),
        (["--url", "pier"], "Not a link: “pier”"),
        (["--cast", "9", "--cast", "1"], "--cast: there is no cast 9"),
    ],
)
def test_numbers_that_are_not_there(
    run: Run, reads: Reads, article: str, path: Path, arguments: list[str], words: str
) -> None:
    reads(OFFERED)
    before = path.read_bytes()
    code, out, err = run("clip", article, "--to", "old-ferry", *arguments)
    assert (code, out, path.read_bytes()) == (2, "", before)
    assert words in err
