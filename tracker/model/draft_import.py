"""Import a draft: which show it is about, what it would fill in, and the one claim that it makes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from tracker.model.article_draft import Article, Draft
from tracker.model.formatting import (
    claim_parts,
    describe_slips,
    describe_status_change,
    describe_window_change,
    plural,
)
from tracker.model.history import Claim, Effect, Step
from tracker.model.show import Credit, Show, parse_kind
from tracker.text import clean_line, search_form

_CODES: Final = {
    "argentina": "AR", "australia": "AU", "austria": "AT", "belgium": "BE", "brazil": "BR", "canada": "CA",
    "chile": "CL", "china": "CN", "mainland china": "CN", "colombia": "CO", "czech republic": "CZ", "czechia": "CZ",
    "denmark": "DK",
    "england": "GB", "finland": "FI", "france": "FR", "germany": "DE", "greece": "GR", "hong kong": "HK",
    "hungary": "HU", "iceland": "IS", "india": "IN", "indonesia": "ID", "ireland": "IE", "israel": "IL", "italy": "IT",
    "japan": "JP", "korea": "KR", "south korea": "KR", "malaysia": "MY", "mexico": "MX", "netherlands": "NL",
    "new zealand": "NZ", "nigeria": "NG", "norway": "NO", "peru": "PE", "philippines": "PH", "poland": "PL",
    "portugal": "PT", "russia": "RU", "scotland": "GB", "singapore": "SG", "south africa": "ZA", "spain": "ES",
    "sweden": "SE", "switzerland": "CH", "taiwan": "TW", "thailand": "TH", "turkey": "TR", "turkiye": "TR",
    "uk": "GB", "united kingdom": "GB", "britain": "GB", "us": "US", "usa": "US", "united states": "US",
    "america": "US", "vietnam": "VN", "wales": "GB",
}  # fmt: skip


def country_code(name: str) -> str:
    """Return the two-letter code of a country, or the name itself if it is unknown."""
    return _CODES.get(search_form(name.strip()).removeprefix("the "), name)


UNKNOWN_SOURCE: Final = "article"
"""The source of a claim if neither outlet nor address is known."""
_NAMES: Final = ("networks", "directors", "writers", "countries", "locations")
"""Lists of names that a draft adds to."""
_BETWEEN: Final = frozenset("PSZC")
"""Unicode categories of characters between words."""


class Match(NamedTuple):
    """A show that a draft may be about."""

    show: Show
    reason: str
    """As "same title", "Ok Taecyeon and 1 other in its cast"."""
    has_same_title: bool = False
    """Whether it has the title that the draft names."""


class ImportPlan(NamedTuple):
    """What importing a draft would change."""

    show: Show
    """The show as it would be."""
    values: Mapping[str, Any]
    """The changed fields, without `status` and `release`, which follow from the claims."""
    claim: Claim | None
    """The claim to record; None if it is recorded already or the draft says nothing."""
    effects: tuple[str, ...]
    """What changes, in words; if nothing does, why."""

    @property
    def is_empty(self) -> bool:
        return self.claim is None and not self.values


def find_matches(draft: Draft, shows: Iterable[Show]) -> tuple[Match, ...]:
    """Return the shows that a draft may be about: by title, alias, original title, then people in common."""
    title = _title_form(draft.title)
    people = {_name_form(name): name for name in _people(draft.names("cast"), draft)}
    cast = {_name_form(name) for name in draft.names("cast")}
    found: list[tuple[int, int, Match]] = []
    for show in shows:
        known = {_name_form(name) for name in _people((credit.actor for credit in show.cast), show)}
        common = [form for form in people if form in known]
        if title and title == _title_form(show.title):
            found.append((0, -len(common), Match(show, "same title", has_same_title=True)))
        elif alias := next((one for one in show.aliases if title and title == _title_form(one)), ""):
            found.append((1, -len(common), Match(show, f"also known as {alias}", has_same_title=True)))
        elif title and title == _title_form(show.original_title):
            found.append((2, -len(common), Match(show, "same original title", has_same_title=True)))
        elif len(common) > 1:
            others = plural(len(common) - 1, "other")
            where = "in its cast" if cast.issuperset(common) else "among its people"
            found.append((3, -len(common), Match(show, f"{people[common[0]]} and {others} {where}")))
    return tuple(match for *_, match in sorted(found, key=lambda one: one[:2]))


def plan_import(draft: Draft, article: Article, show: Show | None, today: date, region: str = "") -> ImportPlan:
    """Return what importing a draft would do to a show; None adds one.

    An existing entry loses nothing: empty fields are filled, missing names are added.

    Args:
        draft: What was read, as the owner left it.
        article: Where it was read.
        show: The entry; None for a new one.
        today: No claim is dated later.
        region: The owner's country.
    """
    if show is None:
        return _new(draft, draft_claim(draft, article, today), today)
    values, effects = _filled(draft, show)
    claim: Claim | None = draft_claim(draft, article, today)
    if draft.status is None and draft.release is None and not values:
        return ImportPlan(show, {}, None, ("nothing new: the entry says all of it",))
    if (known := _known(draft_claim(draft, article, today), show.history)) is not None:
        claim, said = None, f"already said on {known.date_text}" if known.date_text else "already said"
        if not values:
            return ImportPlan(show, {}, None, (f"nothing new: {said}",))
        effects += [f"status and release: {said}"] if claim_parts(known) else []
    after = show._replace(**values)
    if claim is not None:
        after = after.with_claims(claim, region=region)
        effects = [*_moves(show, after, claim), *effects]
    return ImportPlan(after, values, claim, tuple(effects))


def draft_claim(draft: Draft, article: Article, today: date) -> Claim:
    """Return the claim of a draft: its status and release, or a note if it has neither."""
    on, on_text = article.published, article.published_text
    if on is not None and on > today:
        # By today it was said, whatever the article's own date says.
        on, on_text = today, ""
    telling = (draft.fact("release"), draft.fact("status"), *draft.facts_of("cast"), *draft.facts)
    said = next((fact for fact in telling if fact is not None and fact.quote), None)
    note = f"“{clean_line(said.quote)}”" if said is not None else ""
    return Claim(on, on_text, draft.status, draft.release, article_source(article), article.url, note)


def article_source(article: Article) -> str:
    """Return the outlet of an article, else its host."""
    host = urlsplit(article.url).hostname if article.url.startswith(("http://", "https://")) else ""
    return article.outlet or (host or "").removeprefix("www.") or UNKNOWN_SOURCE


def _new(draft: Draft, claim: Claim, today: date) -> ImportPlan:
    kind, synopsis = draft.fact("kind"), draft.fact("synopsis")
    values: dict[str, Any] = {"title": draft.title, "kind": parse_kind(kind.value) if kind else "series"}
    values |= {name: names for name in _NAMES if (names := _named(draft, name))}
    if cast := _joined((), draft.cast)[0]:
        values["cast"] = cast
    if synopsis is not None:
        values["synopsis"] = synopsis.value
    show = Show("", **values)
    # The first word on an entry is dated like any that its owner records.
    claim = claim._replace(on=claim.on or today)
    return ImportPlan(
        show.with_claims(claim), values, claim, (", ".join([f"a new {values['kind']}", *claim_parts(claim)]),)
    )


def _filled(draft: Draft, show: Show) -> tuple[dict[str, Any], list[str]]:
    """Return the fields to which a draft adds something, and what it adds in words."""
    values: dict[str, Any] = {}
    effects = []
    if draft.title and _title_form(draft.title) not in map(
        _title_form, (show.title, show.original_title, *show.aliases)
    ):
        values["aliases"] = (*show.aliases, draft.title)
        effects.append(f"also known as {draft.title}")
    if (synopsis := draft.fact("synopsis")) is not None and not show.synopsis.strip():
        values["synopsis"] = synopsis.value
        effects.append("synopsis filled in")
    cast, added, roles = _joined(show.cast, draft.cast)
    if added or roles:
        values["cast"] = cast
        effects += [f"{plural(added, 'name')} added to the cast"] if added else []
        effects += [f"{plural(roles, 'role')} filled in"] if roles else []
    for name in _NAMES:
        have = getattr(show, name)
        if new := tuple(one for one in _named(draft, name) if _name_form(one) not in map(_name_form, have)):
            values[name] = (*have, *new)
            what = new[0] if len(new) == 1 else plural(len(new), "name")
            effects.append(f"{what} added to the {name}")
    if own := show.follows.keys() & values.keys():
        # What its owner writes is the owner's from then on.
        values["follows"] = {name: source for name, source in show.follows.items() if name not in own}
        effects += [f"{name} no longer follows {show.follows[name]}" for name in sorted(own)]
    return values, effects


def _joined(mine: tuple[Credit, ...], theirs: Iterable[Credit]) -> tuple[tuple[Credit, ...], int, int]:
    """Merge two casts; return the cast, the number of new names and of new roles."""
    cast, places = list(mine), {_name_form(one.actor): place for place, one in reversed([*enumerate(mine)])}
    added = roles = 0
    for one in theirs:
        place = places.get(_name_form(one.actor))
        if place is None:
            places[_name_form(one.actor)] = len(cast)
            cast.append(one)
            added += 1
        elif one.role and not cast[place].role:
            cast[place] = cast[place]._replace(role=one.role)
            roles += place < len(mine)
    return tuple(cast), added, roles


def _known(claim: Claim, history: Iterable[Claim]) -> Claim | None:
    return next((one for one in history if _place(one) == _place(claim) and _meaning(one) == _meaning(claim)), None)


def _place(claim: Claim) -> tuple[object, ...]:
    return (claim.url,) if claim.url else ("", claim.source, claim.on)


def _meaning(claim: Claim) -> tuple[object, ...]:
    return (claim.status, claim.release and claim.release.key)


def _moves(show: Show, after: Show, claim: Claim) -> list[str]:
    """Return what a claim does to status and window, in words."""
    standing = after.history_state
    step = next(step for step in standing.steps if step.claim == claim)
    told = [words for words in (_window_move(show, after, step), _status_move(show, after, claim)) if words]
    is_told = step.effect is Effect.SLIPPED and step.claim == standing.window_claim
    if standing.slips != show.history_state.slips and not is_told:
        told.append(describe_slips(standing))
    if claim.on is None and claim_parts(claim) and show.history:
        told.append("when it was said is not known, so all dated claims count more")
    return told


def _status_move(show: Show, after: Show, claim: Claim) -> str:
    if claim.status is None or after.status is None:
        return ""
    if after.status is not claim.status:
        return f"{claim.status.value}: a newer claim says {after.status.value}"
    if show.status is after.status:
        return f"status {after.status.value} confirmed"
    return f"status {describe_status_change(show.status, after.status)}"


def _window_move(show: Show, after: Show, step: Step) -> str:
    said, before, now = step.claim.release, show.release, after.release
    if said is None or now is None:
        return ""
    if before is None or now.key != before.key:
        return describe_window_change(step, before.label if before else "", now.label)
    if said.key == before.key:
        return f"{before.label} confirmed"
    if step.effect is Effect.CONFIRMED:
        return f"{said.label} is vaguer, {before.label} counts"
    return f"{said.label}: a newer claim says {before.label}"


def _people(cast: Iterable[str], whose: Draft | Show) -> Iterable[str]:
    if isinstance(whose, Draft):
        return (*cast, *whose.names("directors"), *whose.names("writers"))
    return (*cast, *whose.directors, *whose.writers)


def _named(draft: Draft, field: str) -> tuple[str, ...]:
    """Return the names of a list field as the file has them, each once."""
    found: dict[str, str] = {}
    for name in draft.names(field):
        known = country_code(name) if field == "countries" else name
        found.setdefault(_name_form(known), known)
    return tuple(found.values())


def _title_form(title: str) -> str:
    """Return a title for comparison: words without the marks between them."""
    form = search_form(title.replace("’", "").replace("'", ""))
    words = "".join(" " if unicodedata.category(char)[0] in _BETWEEN else char for char in form)
    return " ".join(words.split()) or form


def _name_form(name: str) -> str:
    """Return a name for comparison: "Ok Taec-yeon" is "Ok Taecyeon"."""
    return _title_form(name).replace(" ", "")
