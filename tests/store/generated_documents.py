"""Watchlists as a person writes them by hand, in every spelling that TOML has, and what they say."""

from __future__ import annotations

from typing import Final, NamedTuple

from hypothesis import strategies as st

STATUSES: Final = {
    "filming": "filming", "in production": "filming", "announced": "announced", "Scheduled": "scheduled",
    "post-production": "post-production", "out": "released",
}  # fmt: skip
"""Words for a status and what the program calls it."""
DAYS: Final = {"2026-05-14": 1, '"2026-05-14"': 1, '"May 14, 2026"': 1, "2026-09-01": 2, '"2027-01-31"': 3}
"""Spellings of exact days, and which of them mean the same day."""
WINDOWS: Final = DAYS | {"2027": 4, '"2027"': 4, '"2026-Q3"': 5, "'summer 2026'": 6, '"TBA"': 7}
DATES: Final = (
    "1979-05-27T07:32:00Z", "1979-05-27T00:32:00-07:00", "1979-05-27 00:32:00.999999+01:00", "1979-05-27T07:32:00",
    "1979-05-27 07:32:00.5", "1979-05-27", "07:32:00", "00:32:00.125",
)  # fmt: skip
OWN: Final = (
    *DATES, "true", "0xDEAD_beef", "1_000", "-0.0", "5e+22", "+inf", "[]", "{}", "[[1, 2], ['a', \"b\"]]",
    "[ # odd\n  1, # one\n\n  { x = 1, 'y z' = [ 2 ] }, # two\n]", "{ a = { b.c = 1 }, \"d e\" = ['f'] }",
    "'''\n[[show]]\n# no comment\n'''", '"""\\\n   a "b" \\u00e9\\\\"""', "'C:\\x # y'", '"\\U0001F3AC # \\" ["',
)  # fmt: skip
"""Values of the owner's own, on one line and on several."""
COMMENTS: Final = ("# mine", "#", "# [[show]] \"'", "#\ttab", "  # 옛날 é 🎬", "# title = 'no'", "# a \\ b", "# ''' {")
ENDS: Final = (" # mine", "\t#'", '# "')
"""Comments behind values; no value ends so."""
NOTES: Final = (
    "late,\nand\n\n  wet",
    'say "pier"',
    "it's \\ here",
    "옛날 집 é",
    "[[show]]\ntitle = 1",
    "# none\n\n# text",
)


class Piece(NamedTuple):
    """Some lines of a file."""

    show: int
    """The number of the show to which they belong, -1 for what is nobody's or a table of the owner's."""
    key: str
    """The key that they give a value, "" for lines that no edit of the show has to do with."""
    text: str


class Document(NamedTuple):
    """A file and what its lines are about."""

    pieces: tuple[Piece, ...]
    titles: tuple[str, ...]
    """The titles of its shows, in their order."""

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(piece.text for piece in self.pieces)


_indents: Final = st.sampled_from(["", "", "", "  ", "\t"])
_equals: Final = st.sampled_from([" = ", " = ", "=", "  =\t", "= "])
_ends: Final = st.sampled_from(["", "", "", "  ", *ENDS])
_comments: Final = st.sampled_from(COMMENTS)
_blanks: Final = st.sampled_from(["", "", "\n", "\n\n", "  \n"])


def _escaped(draw: st.DrawFn, text: str, *, long: bool) -> str:
    """Return the inside of a basic string, some of its characters as escapes."""
    short = {"\\": "\\\\", '"': '\\"', "\n": "\n" if long else "\\n", "\t": "\\t"}
    plain = [short.get(char, char) for char in text]
    for place in draw(st.lists(st.integers(0, max(0, len(text) - 1)), max_size=2)) if text else ():
        code = ord(text[place])
        plain[place] = f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08x}"
    return "".join(plain)


@st.composite
def _strings(draw: st.DrawFn, text: str, *, long: bool = True) -> str:
    """Return the text as one of the four kinds of string."""
    kinds = ["basic"]
    if "'" not in text:
        kinds += ["literal"] if "\n" not in text else []
        kinds += ["long literal"] if long else []
    kinds += ["long basic"] if long else []
    match draw(st.sampled_from(kinds)):
        case "literal":
            return f"'{text}'"
        case "long literal":
            return f"'''\n{text}'''"
        case "long basic":
            lead = draw(st.sampled_from(["", "\n", "\\\n   "])) if text[:1] not in "\n \t" else "\n"
            return f'"""{lead}{_escaped(draw, text, long=True)}"""'
    return f'"{_escaped(draw, text, long=False)}"'


@st.composite
def _lists(draw: st.DrawFn, names: list[str]) -> str:
    """Return a list of names on one line, or on several with comments."""
    items = [draw(_strings(name, long=False)) for name in names]
    match draw(st.integers(0, 3)):
        case 0:
            return "[" + ", ".join(items) + "]"
        case 1:
            return "[ " + " ,".join(items) + (" , ]" if items else "]")
        case 2:
            return "[\n" + "".join(f"  {item},{draw(_ends)}\n" for item in items) + "]"
    return "[ # all\n" + ",\n  # another\n".join(items) + f"\n{draw(_comments)}\n]"


def _key(draw: st.DrawFn, name: str) -> str:
    return draw(st.sampled_from([name, name, name, f'"{name}"', f"'{name}'"]))


def _line(draw: st.DrawFn, name: str, value: str) -> str:
    return f"{draw(_indents)}{_key(draw, name)}{draw(_equals)}{value}{draw(_ends)}\n"


def _claim(draw: st.DrawFn, *, inline: bool) -> dict[str, str]:
    """Return the keys of a claim with their values as they are written."""
    release = draw(st.sampled_from(["", *WINDOWS]))
    said = {
        "on": draw(
            st.sampled_from(
                ["", "2025-06-28", "2026-01-05", "2026-01-05T10:00:00Z", "2024-12-31 23:59:00", '"2025-04"', "2025"]
            )
        ),
        "status": draw(st.sampled_from(["", *(f'"{word}"' for word in STATUSES)])),
        "release": release,
        # A window of somebody else's that is only vaguer would not count.
        "source": '"me"'
        if release and release not in DAYS
        else draw(st.sampled_from(["", '"me"', "'Kestrel (agency)'"])),
        "note": draw(st.just("") | st.sampled_from(NOTES).flatmap(lambda text: _strings(text, long=not inline))),
        "shelf": draw(st.sampled_from(["", "3", "07:32:00", "[ 1, 'two' ]"])),
    }
    said = {key: value for key, value in said.items() if value}
    return said or {"note": '"n"'}


def _history(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """Return the history as lines of keys, and as tables; one of them is empty."""
    count = draw(st.integers(0, 3))
    if not draw(st.booleans()):
        tables = []
        for _ in range(count):
            lines = [_line(draw, key, value) for key, value in _claim(draw, inline=False).items()]
            header = draw(st.sampled_from(["[[show.history]]", '[[ show . "history" ]] # c', "  [['show'.history]]"]))
            table = f"{header}\n" + "".join(lines)
            if draw(st.booleans()):
                table += "[show.history.mine]\nx = 1 # deep\n" if draw(st.booleans()) else f"{draw(_comments)}\n"
            tables.append(table)
        return [], tables
    claims = [
        "{ " + ", ".join(f"{key} = {value}" for key, value in _claim(draw, inline=True).items()) + " }"
        for _ in range(count)
    ]
    one = draw(st.booleans())
    text = "[" + ", ".join(claims) + "]" if one else "[\n" + "".join(f"  {c},{draw(_ends)}\n" for c in claims) + "]"
    return [_line(draw, "history", text)], []


def _keys(draw: st.DrawFn, title: str, number: int) -> list[tuple[str, str]]:
    """Return the keys of a show in any order, each with its lines."""
    names = ["Lumen", 'a "b"', "옛날", "x # y"]
    some = draw(
        st.lists(
            st.sampled_from(
                [
                    "id",
                    "tags",
                    "networks",
                    "rating",
                    "watch",
                    "kind",
                    "synopsis",
                    "notes",
                    "cast",
                    "status",
                    "release",
                    "ids",
                ]
            ),
            unique=True,
            max_size=7,
        )
    )
    strings = {name: draw(st.sampled_from(NOTES).flatmap(_strings)) for name in ("synopsis", "notes")}
    ids = draw(st.sampled_from(["{ tvmaze = 7, 'imdb' = \"tt1\" } # i", "{tvmaze=7}", "."]))
    values = strings | {
        "id": f'"id-{number}"',
        "tags": draw(st.lists(st.sampled_from(names), unique=True, max_size=3).flatmap(_lists)),
        "networks": draw(st.just("'One'") | st.lists(st.sampled_from(names), unique=True).flatmap(_lists)),
        "rating": draw(st.sampled_from(["7", "7.5", "+7", "0x7", "7e0", "6.50"])),
        "watch": draw(st.sampled_from(["planned", "watched"]).flatmap(_strings)),
        "kind": draw(st.sampled_from(["'film'", '"special"', '"series"'])),
        "cast": draw(st.sampled_from(CASTS)),
        "status": draw(st.sampled_from([*STATUSES]).flatmap(_strings)),
        "release": draw(st.sampled_from([*WINDOWS])),
        "ids": ids,
    }
    lines = [("title", _line(draw, "title", draw(_strings(title))))]
    for name in some:
        if values[name] == ".":
            lines.append((name, f"ids.tvmaze = 7{draw(_ends)}\nids . 'imdb' = \"tt1\"\n"))
        else:
            lines.append((name, _line(draw, name, values[name])))
    own = draw(st.lists(st.sampled_from(OWN), max_size=3))
    lines += [("", _line(draw, f"own{n}", value)) for n, value in enumerate(own)]
    if draw(st.booleans()):
        lines.append(("", f"mine . 'shelf{number}'.\"x y\" = {draw(st.sampled_from(OWN))}\n"))
    return draw(st.permutations(lines))


CASTS: Final = (
    "[{ actor = 'Mina Doe', shoe = 38 }]",
    "[\n  { actor = \"Mina Doe\", role = 'Ann' },  # the lead\n  'Jo Park', # by name\n]",
    "[ ]",
)


def _own_tables(draw: st.DrawFn, number: int) -> list[tuple[int, str]]:
    """Return tables within the show and tables beside it, each with the show's number or -1."""
    header = draw(st.sampled_from(["[show.extra]", "[ show . 'extra' ]  # x"]))
    tables = [
        (number, f"{header}\n{_line(draw, 'when', draw(st.sampled_from(DATES)))}"),
        (number, f"[[show.extra_list]]\nx = {draw(st.sampled_from(OWN))}\n{draw(_comments)}\n[[show.extra_list]]\n"),
        (-1, f"[own{number}]\n  x  =  1\n[own{number}.sub]\n{_line(draw, 'title', chr(39) + 'No Show' + chr(39))}"),
        (-1, f"[[lists]]\n{_line(draw, 'status', draw(st.sampled_from(OWN)))}"),
    ]
    return draw(st.lists(st.sampled_from(tables), unique=True, max_size=3))


def _show(draw: st.DrawFn, number: int, title: str) -> list[Piece]:
    header = draw(st.sampled_from(["[[show]]", "[[show]]", '\t[[ "show" ]] # h', "[['show']]  "]))
    pieces = [Piece(number, "", header + "\n")]
    in_keys, in_tables = _history(draw)
    lines = [*_keys(draw, title, number), *(("history", line) for line in in_keys)]
    for key, text in lines:
        if draw(st.integers(0, 4)) == 0:
            pieces.append(Piece(number, "", draw(_blanks) + draw(_comments) + "\n"))
        pieces.append(Piece(number, key, text))
    tables = [*_own_tables(draw, number), *((number, table) for table in in_tables)]
    for owner, text in draw(st.permutations(tables)):
        pieces.append(Piece(number, "", draw(_blanks)))
        pieces.append(Piece(owner, "", text))
    return pieces


@st.composite
def documents(draw: st.DrawFn, most: int = 3) -> Document:
    """Return any watchlist of a few shows and people that is in order."""
    pieces = [
        Piece(-1, "", draw(st.sampled_from(["", "# head\n", "\n# a\n\n# b\n", "format = 1 # one\n", "x.y = 1\n[z]\n"])))
    ]
    count = draw(st.integers(1, most))
    titles = [draw(st.sampled_from(["Old Ferry", "옛날 집", 'The "Inn"', "Tram # 7"])) + f" {n}" for n in range(count)]
    for number, title in enumerate(titles):
        if draw(st.integers(0, 3)) == 0:
            extra = draw(
                st.sampled_from(["follow = true\n", "about = '''\n[[show]]\n'''\n", "known_for = ['a'] # b\n"])
            )
            pieces.append(Piece(-1, "", f'[[person]] # p\nname = "Mina Doe {number}"\n{extra}'))
        pieces += _show(draw, number, title)
        between = draw(st.sampled_from(["", "\n", "\n# --- between ---\n\n", "\n\n# about the next\n", " \n#\n"]))
        pieces.append(Piece(-1, "", between))
    style = draw(st.sampled_from(["\n", "\n", "\r\n", "mixed"]))
    ends = [draw(st.sampled_from(["\n", "\r\n"])) if style == "mixed" else style for _ in pieces]
    pieces = [piece._replace(text=piece.text.replace("\n", end)) for piece, end in zip(pieces, ends, strict=True)]
    pieces = [piece for piece in pieces if piece.text]
    if draw(st.booleans()):
        pieces[-1] = pieces[-1]._replace(text=pieces[-1].text.rstrip("\r\n"))
    bom = [Piece(-1, "", "\ufeff")] if draw(st.integers(0, 4)) == 0 else []
    return Document((*bom, *pieces), tuple(titles))
