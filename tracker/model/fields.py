"""Registry of the editable fields of a show: how each is read, written and merged."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from tracker.errors import BadValue, Conflict, Difference
from tracker.model.countries import country_code, find_country, is_ambiguous
from tracker.model.history import Claim
from tracker.model.links import parse_link
from tracker.model.release import NO_PREFERENCE, Preference
from tracker.model.reminder import parse_rules, write_rules
from tracker.model.season import parse_season
from tracker.model.show import KINDS, Credit, Show, parse_kind
from tracker.model.status import parse_status
from tracker.model.watch_state import WATCH_STATES, parse_rating, parse_watch
from tracker.model.window import Window
from tracker.model.window_parser import parse_window
from tracker.text import clean, clean_line


class Field(NamedTuple):
    """An editable field; `read` raises `BadValue`."""

    name: str
    hint: str  # what to type
    read: Callable[[str], Any]  # from typed text to the value in `Show`
    write: Callable[[Any], str]  # from the value in `Show` to text that `read` accepts
    is_multiline: bool = False

    @property
    def label(self) -> str:
        return self.name.replace("_", " ")

    def read_on(self, text: str, today: date | None) -> Any:
        """Return the value of a text that is typed on a day, from which "next year" counts.

        Raises:
            BadValue: The field cannot take it.
        """
        return parse_window(clean_line(text), today) if self.name == "release" and text.strip() else self.read(text)

    def text_of(self, show: Show) -> str:
        return self.write(getattr(show, self.name))


def _names(text: str, read_bare: Callable[[str], str] = lambda name: name) -> tuple[str, ...]:
    parts = re.findall(r'\s*(?:"((?:[^"\\]|\\.)*)"(?=\s*(?:,|\n|$))|([^,\n]*))\s*(?:,|\n|$)', text)
    names = (clean_line(_unescape(quoted)) if quoted else read_bare(clean_line(bare)) for quoted, bare in parts)
    return tuple(dict.fromkeys(name for name in names if name))


def _join(names: tuple[str, ...], is_plain: Callable[[str], bool] = lambda name: True) -> str:
    return ", ".join(
        _quote(name) if "," in name or name.startswith('"') or not is_plain(name) else name for name in names
    )


def _read_countries(text: str) -> tuple[str, ...]:
    """Read codes and names as codes; words in quotes and those that are no country stay."""
    return _names(text, lambda name: find_country(name) or name)


def _write_countries(names: tuple[str, ...]) -> str:
    return _join(names, lambda name: country_code(name) == name and not is_ambiguous(name))


def _quote(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _unquote(text: str) -> str:
    return _unescape(text[1:-1]) if re.fullmatch(_PART, text) else text


def _unescape(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in clean(text).splitlines() if line.strip()]


_PART: Final = r'"(?:[^"\\]|\\.)*"'
_CREDIT: Final = re.compile(rf"(?P<actor>{_PART}\s*|.*?)[=→](?P<role>\s*{_PART}\s*|.*?)(?::\s(?P<about>.*))?")
_SPOKEN: Final = re.compile(r"(?P<actor>.*?)\sas\s(?P<role>.*?)(?::\s(?P<about>.*))?")
_BRACKETED: Final = re.compile(
    rf"(?P<actor>{_PART}|[^\"].*?)(?:\s\((?P<role>[^()]*+)\)|\s?（(?P<wide>[^（）]*+)）)(?:\s?:\s(?P<about>.*))?"
)
_CREDIT_END: Final = re.compile(
    rf"\\.|{_PART}|\([^()]*+\)|（[^（）]*+）|(?P<mark>(?<!\d)[,;]|[,;](?!\d))(?!\s*(?:Jr|Sr|II|III|IV)\b)"
)
"""What may stand between two credits of a line; not in “Han Dowon, Jr.”, “1,000 guests” and between brackets."""
_NO_ROLE: Final = re.compile(
    r"(?:.*\s)?(?:cameo|guests?|voice|appearances?|uncredited|credited|born|b\.|née?|aka|formerly|member of|real name|"
    r"stage name|\d+)(?:\s.*)?|.*(?:[,;:/&+=]|\d{4}|\sas\s).*|",
    re.IGNORECASE,
)
"""What between brackets is hardly a role."""
_NO_ACTOR: Final = re.compile(
    r"(?:.*\s)?(?:stars?|starring|plays?|playing|played|appears?|cast|known|seen|credited)|.*\s\(.*", re.IGNORECASE
)
"""What before a role is hardly the name of an actor."""
_NO_NAME: Final = re.compile(
    r".*(?::\s|\s[-–—/|]\s|\splay(?:s|ed)\s|\sstars\s|\sin the role of\s|\w\w\([^()]*+\)$|[^\x00-\u024f]\(|\s\[).*"
)
"""What is hardly a name and nothing else."""
_PAIR_END: Final = re.compile(
    rf"\\[\\\"]|{_PART}|(?P<mark>[,;])(?P<gap>\s*)(?=(?P<name>[^\s=,;\"][^=,;\"]*)=\s*(?P<scheme>\w+://)?)"
)
"""What may stand between two pairs of a line."""


def _read_cast(text: str) -> tuple[Credit, ...]:
    return tuple(_read_credit(credit) for line in _lines(text) for credit in _split_credits(line))


class _Spelling(NamedTuple):
    """The parts of a credit as they are typed, quotes and all."""

    form: str
    """What is between actor and role: "=", "as" or "()"."""
    actor: str
    role: str
    about: str


def _split_credits(line: str) -> list[str]:
    """Return the credits of a line, which may have commas or semicolons between them.

    Behind a role a comma begins another credit only where that has a role too, or where the role is between brackets;
    behind a colon, it is prose.
    """
    marks = [match.start() for match in _CREDIT_END.finditer(line) if match["mark"]]
    found: list[str] = []
    last: _Spelling | None = None
    for start, end in zip([0, *(mark + 1 for mark in marks)], [*marks, len(line)], strict=True):
        if not (piece := line[start:end].strip()):
            continue
        credit = _match_credit(piece)
        is_closed = last is None or (last.form == "()" and not last.about)
        if is_closed or (last is not None and credit is not None and credit.form in ("=", last.form)):
            found.append(piece)
            last = credit
        elif last is not None and last.about:
            found[-1] += line[start - 1 : end].rstrip()
        elif last is not None:
            role = f'{last.actor.strip()} = "{last.role.strip()}, {piece}"'
            raise BadValue(
                f"“{line}” could mean two things. Write Actor = Role for each, or quotes around the role: {role}."
            )
    return found


def _match_credit(text: str) -> _Spelling | None:
    """Return the parts of a credit with a role: "Actor = Role", "Actor as Role" or "Actor (Role)"."""
    if re.fullmatch(_PART, text):
        return None
    if match := _CREDIT.fullmatch(text):
        return _Spelling("=", match["actor"], match["role"], match["about"] or "")
    match = None if text.startswith('"') else _SPOKEN.fullmatch(text)
    if match and match["actor"].count("(") == match["actor"].count(")"):
        return _Spelling("as", match["actor"], match["role"], match["about"] or "")
    if match := _BRACKETED.fullmatch(text):
        role = (match["role"] if match["role"] is not None else match["wide"]).strip().removeprefix("as ")
        return _Spelling("()", match["actor"], role, match["about"] or "")
    return None


def _read_credit(text: str) -> Credit:
    credit = _match_credit(text)
    if _is_ambiguous(text, credit):
        actor = credit.actor.strip() if credit else "Actor"
        raise BadValue(f"“{text}” could mean two things. Write {actor} = Role, or {_quote(text)} for just a name.")
    actor, role, about = credit[1:] if credit else (text, "", "")
    if not (name := _part(actor)):
        raise BadValue(f"“{text}” has no actor. Write Actor = Role: who that is.")
    return Credit(name, _part(role), _part(about))


def _is_ambiguous(text: str, credit: _Spelling | None) -> bool:
    """Return whether a credit that is not written with "=" may mean something else."""
    if credit is None:
        has_open_bracket = text.count("(") != text.count(")") or text.count("（") != text.count("）")
        return not re.fullmatch(_PART, text) and (has_open_bracket or bool(_NO_NAME.fullmatch(text)))
    if credit.form == "=" or not credit.actor.strip():
        return False
    if not credit.actor.startswith('"') and _NO_ACTOR.fullmatch(credit.actor.strip()):
        return True
    if credit.form == "as":
        return bool(re.search(r"\sas\s", credit.role))
    # A name in another script is the actor's own, as in “Han Seorin (한서린)”.
    return bool(_NO_ROLE.fullmatch(credit.role)) or _is_latin(credit.actor) is not _is_latin(credit.role)


def _is_latin(name: str) -> bool:
    return any(char.isalpha() and char < "\u0250" for char in name)


def _part(text: str) -> str:
    return clean_line(_unquote(text.strip()))


def _write_credit(credit: Credit) -> str:
    role = f" = {credit.role}" if credit.role or credit.about else ""
    text = f"{credit.actor}{role}" + (f": {credit.about}" if credit.about else "")
    if _reads_as(_read_cast, text, (credit,)):
        return text
    role = f" = {_quote(credit.role)}" if credit.role or credit.about else ""
    return f"{_quote(credit.actor)}{role}" + (f": {_quote(credit.about)}" if credit.about else "")


def _reads_as(read: Callable[[str], Any], text: str, value: object) -> bool:
    try:
        return bool(read(text) == value)
    except BadValue:
        return False


def _read_pairs(text: str, read: Callable[[str], Any]) -> dict[str, Any]:
    pairs = {}
    for line in _lines(text):
        for pair in _split_pairs(line):
            name, equals, value = (part.strip() for part in pair.partition("="))
            if not (name and equals and value):
                raise BadValue(f"Can't read “{pair}”. Write name = value, e.g. trailer = https://…")
            if not re.fullmatch(_PART, value) and re.search(r"[,;]\s" if "://" in value else "[,;]", value):
                raise BadValue(
                    f"“{value}” could be one value or several. Write name = value for each, or put it in quotes."
                )
            pairs[name] = read(value)
    return pairs


def _split_pairs(line: str) -> list[str]:
    """Return the pairs of a line, which may have commas or semicolons between them; an address may have them too."""
    pairs, start = [], 0
    for match in _PAIR_END.finditer(line):
        if not match["mark"] or line.find("=", start, match.start()) < 0:
            continue
        if not match["gap"] and line.find("://", start, match.start()) >= 0:
            if match["scheme"]:
                raise BadValue(
                    f"“{line}” could be one address or several. Put a space before “{match['name'].strip()} =”, "
                    "or quotes around the address."
                )
            continue
        pairs.append(line[start : match.start()])
        start = match.end()
    return [*pairs, line[start:].rstrip(" \t,;")]


def _read_link(value: str) -> str:
    """Read the address of a link; one in quotes is what the file has, whatever it is."""
    return _unquote(value) if re.fullmatch(_PART, value) else parse_link(value, "links")


def _read_id(value: str) -> str | int:
    return int(value) if re.fullmatch(r"[1-9][0-9]{0,17}|0", value) else _unquote(value)


def _write_pairs(pairs: Mapping[str, Any], read: Callable[[str], Any]) -> str:
    lines = ((f"{name} = {value}", name, value) for name, value in pairs.items())
    return "\n".join(
        line if _reads_as(read, line, {name: value}) else f"{name} = {_quote(str(value))}"
        for line, name, value in lines
    )


def _pairs(name: str, hint: str, read_value: Callable[[str], Any]) -> Field:
    def read(text: str) -> dict[str, Any]:
        return _read_pairs(text, read_value)

    return Field(name, hint, read, lambda pairs: _write_pairs(pairs, read), is_multiline=True)


def _read_title(text: str) -> str:
    if not (title := clean_line(text)):
        raise BadValue("A show needs a title.")
    return title


def _or_none(parse: Callable[[str], Any]) -> Callable[[str], Any]:
    return lambda text: parse(clean_line(text)) if text.strip() else None


def _window_text(window: Window | None) -> str:
    return window.text if window is not None else ""


def _text(name: str, hint: str) -> Field:
    return Field(name, hint, clean_line, str)


def _list(name: str, hint: str) -> Field:
    return Field(name, hint, _names, _join)


SETS: Final = frozenset(
    ("aliases", "networks", "countries", "genres", "directors", "writers", "locations", "tags", "known_for")
)
"""Lists whose order does not matter."""


def merge_names(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> tuple[str, ...]:
    """Merge two changed versions of a set, ours first; if only one side changed, its order is kept."""
    if [*ours] == [*base]:
        return tuple(theirs)
    gone = {name for name in base if name not in ours or name not in theirs}
    return tuple(name for name in dict.fromkeys((*ours, *theirs)) if name not in gone)


PAIRS: Final = frozenset(("ids", "follows"))  # tables that both the program and the owner write into, pair by pair


def merge_pairs(base: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, Any]:
    """Merge two changed versions of a table; theirs wins where both changed a pair."""
    gone = {name for name in base if name not in theirs}
    changed = {name: value for name, value in theirs.items() if name not in base or base[name] != value}
    return {name: value for name, value in {**ours, **changed}.items() if name not in gone}


def has_pair_conflict(base: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> bool:
    """Return whether both sides changed a pair differently."""
    return any(
        ours.get(name) != base.get(name) and theirs.get(name) not in (base.get(name), ours.get(name))
        for name in ours.keys() | base.keys()
    )


def merge_fields(show: Show, changes: Mapping[str, tuple[Any, Any]]) -> Show:
    """Return the show with new values of fields, each merged with what the field says by now.

    Args:
        show: The show as the file has it.
        changes: Old and new value by field name; the old one is what the new was meant to replace.

    Raises:
        Conflict: A field changed meanwhile to something that cannot be merged; the text is a clause without its end.
    """
    values: dict[str, Any] = {}
    differences = []
    for name, (old, new) in changes.items():
        now = getattr(show, name)
        if name in SETS:
            values[name] = merge_names(old, now, new)
        elif name == "follows" or (name in PAIRS and not has_pair_conflict(old, now, new)):
            values[name] = merge_pairs(old, now, new)
        else:
            values[name] = new
            if now not in (old, new):
                write = FIELDS[name].write
                differences.append(Difference(show.id, name, write(now), write(new)))
    if differences:
        parts = (
            f"“{field}” of {show.title}: the file has “{in_file}”, you have “{wanted}”"
            for _, field, in_file, wanted in differences
        )
        raise Conflict("; ".join(parts), differences)
    return show._replace(**values)


def edit_show(
    show: Show,
    changes: Mapping[str, tuple[Any, Any]],
    claims: Sequence[Claim] = (),
    *,
    seen_on: date,
    preference: Preference = NO_PREFERENCE,
) -> Show:
    """Return the show with new values and claims, and the hand edit before them; see `merge_fields`, `Show.record`."""
    edited = merge_fields(show, changes)
    return edited.record(claims, seen_on, preference) if claims or edited != show else show


FIELDS: Final = {
    field.name: field
    for field in (
        Field("title", "a title is enough", _read_title, str),
        _text("original_title", "in its own script, e.g. ソウルメイト"),
        _list("aliases", "e.g. Soulmate, 소울메이트"),
        Field("kind", " | ".join(KINDS), parse_kind, str),
        Field("season", "where it is one season, e.g. 2", _or_none(parse_season), lambda n: str(n or "")),
        Field("status", "e.g. filming, scheduled, out", _or_none(parse_status), lambda s: s.value if s else ""),
        Field("release", "2026, 2026-05, 2026-Q3, summer 2026, TBA", _or_none(parse_window), _window_text),
        _list("networks", "e.g. Netflix, tvN"),
        Field("countries", "e.g. Japan, KR, United Kingdom", _read_countries, _write_countries),
        _list("genres", "e.g. romance, thriller, BL"),
        _list("directors", "e.g. Ida Voss, Jun Abe"),
        _list("writers", "e.g. Ida Voss, Jun Abe"),
        _list("locations", "e.g. Berlin, Seoul, Tokyo"),
        _list("tags", "e.g. must-see, with-mum"),
        Field("watch", " | ".join(WATCH_STATES), parse_watch, str),
        Field("rating", "0 to 10", parse_rating, lambda r: "" if r is None else f"{r:g}"),
        Field("remind", "e.g. 30d, 1w, 0d, overdue; never; empty: as in the settings", parse_rules, write_rules),
        Field("synopsis", "what it is about", lambda t: clean(t).strip(), str, is_multiline=True),
        Field("notes", "yours: why you are waiting, who told you", lambda t: clean(t).strip(), str, is_multiline=True),
        Field(
            "cast", "Actor = Role: about, one per line; Actor (Role) and Actor as Role work too",
            _read_cast, lambda cast: "\n".join(map(_write_credit, cast)), is_multiline=True,
        ),
        _pairs("links", "e.g. trailer = https://example.org/trailer, one per line", _read_link),
        _pairs("ids", "e.g. tvmaze = 1, imdb = tt0000001", _read_id),
    )
}  # fmt: skip
"""Every editable field, in the order of the form."""


def find_field(name: str) -> Field:
    """Return a field by name; "network" finds "networks".

    Raises:
        BadValue: There is no such field.
    """
    wanted = name.strip().casefold().replace("-", "_").replace(" ", "_")
    if wanted in ("id", "history", "follows"):
        raise BadValue(f"“{name}” can't be edited here. Edit the file itself.")
    for spelling in (wanted, f"{wanted}s", f"{wanted}es", wanted.removesuffix("y") + "ies"):
        if spelling in FIELDS:
            return FIELDS[spelling]
    raise BadValue(f"Not a field: “{name}”. Use one of {', '.join(FIELDS)}.")
