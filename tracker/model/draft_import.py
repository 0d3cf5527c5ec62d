"""Import a draft: which show it is about, what it would fill in, and the one claim that it makes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from tracker.model.article_draft import Article, Draft
from tracker.model.countries import country_code
from tracker.model.formatting import claim_parts, describe_slips, describe_status_change, describe_window_change, plural
from tracker.model.history import ME, Claim, Effect, Step
from tracker.model.release import NO_PREFERENCE, Preference
from tracker.model.show import Credit, Show, parse_kind
from tracker.model.source_record import source_label
from tracker.text import clean_line, name_form

_NAMES: Final = ("networks", "directors", "writers", "countries", "locations")  # lists of names that a draft adds to


class Match(NamedTuple):
    """A show that a draft may be about."""

    show: Show
    reason: str  # as "same title", "Ok Taecyeon and 1 other in its cast"
    has_same_title: bool = False  # whether it has the title that the draft names


class ImportPlan(NamedTuple):
    """What importing a draft would change."""

    show: Show  # the show as it would be
    values: Mapping[str, Any]  # the changed fields, without `status` and `release`, which follow from the claims
    claim: Claim | None  # the claim to record; None if it is recorded already or the draft says nothing
    effects: tuple[str, ...]  # what changes, in words; if nothing does, why

    @property
    def is_empty(self) -> bool:
        return self.claim is None and not self.values


def find_matches(draft: Draft, shows: Iterable[Show]) -> tuple[Match, ...]:
    """Return the shows that a draft may be about: by title, alias, original title, then people in common."""
    title = name_form(draft.title)
    cast = {name_form(name) for name in draft.names("cast")}
    people = {
        name_form(name): name for name in (*draft.names("cast"), *draft.names("directors"), *draft.names("writers"))
    }
    matches: list[tuple[int, int, Match]] = []
    for show in shows:
        forms = set(map(name_form, show.people))
        common = [form for form in people if form in forms]
        if title and title == name_form(show.title):
            rank, reason = 0, "same title"
        elif alias := next((alias for alias in show.aliases if title and title == name_form(alias)), ""):
            rank, reason = 1, f"also known as {alias}"
        elif title and title == name_form(show.original_title):
            rank, reason = 2, "same original title"
        elif len(common) > 1:
            where = "in its cast" if cast.issuperset(common) else "among its people"
            rank, reason = 3, f"{people[common[0]]} and {plural(len(common) - 1, 'other')} {where}"
        else:
            continue
        matches.append((rank, -len(common), Match(show, reason, has_same_title=rank < 3)))
    return tuple(match for *_, match in sorted(matches, key=lambda entry: entry[:2]))


def plan_import(
    draft: Draft, article: Article, show: Show | None, today: date, preference: Preference = NO_PREFERENCE
) -> ImportPlan:
    """Return what importing a draft would do to a show of an owner with this preference; show None adds one.

    An existing entry loses nothing: empty fields are filled, missing names are added. No claim is later than `today`.
    """
    claim: Claim | None = (full_claim := draft_claim(draft, article, today))
    if show is None:
        return _plan_new(draft, full_claim, today)
    values, effects = _fill_fields(draft, show)
    if draft.status is None and draft.release is None and not values:
        return ImportPlan(show, {}, None, ("nothing new: your list already says all of it",))
    if (recorded := _find_recorded(full_claim, show.history)) is not None:
        claim, note = None, f"already recorded on {recorded.date_text}" if recorded.date_text else "already recorded"
        if not values:
            return ImportPlan(show, {}, None, (f"nothing new: {note}",))
        effects += [f"status and release: {note}"] if claim_parts(recorded) else []
    after = show._replace(**values)
    if claim is not None:
        after = after.with_claims(claim, preference=preference)
        effects = [*_describe_claim(show, after, claim), *effects]
    return ImportPlan(after, values, claim, tuple(effects))


def draft_claim(draft: Draft, article: Article, today: date) -> Claim:
    """Return the claim of a draft: its status and release, or a note if it has neither."""
    on, on_text = article.published, article.published_text
    if on is not None and on > today:
        # By today it was said, whatever the article's own date says.
        on, on_text = today, ""
    candidates = (draft.fact("release"), draft.fact("status"), *draft.facts_of("cast"), *draft.facts)
    quote = next((fact.quote for fact in candidates if fact is not None and fact.quote), "")
    note = f"“{clean_line(quote)}”" if quote else ""
    return Claim(on, on_text, draft.status, draft.release, article_source(article), article.url, note)


def article_source(article: Article) -> str:
    """Return the outlet of an article, else its host; "" if neither is known."""
    host = urlsplit(article.url).hostname if article.url.startswith(("http://", "https://")) else ""
    return article.outlet or (host or "").removeprefix("www.")


def _plan_new(draft: Draft, claim: Claim, today: date) -> ImportPlan:
    kind, synopsis = draft.fact("kind"), draft.fact("synopsis")
    values: dict[str, Any] = {"title": draft.title, "kind": parse_kind(kind.value) if kind else "series"}
    values |= {field: names for field in _NAMES if (names := _unique_names(draft, field))}
    if cast := _merge_casts((), draft.cast)[0]:
        values["cast"] = cast
    if synopsis is not None:
        values["synopsis"] = synopsis.value
    # The first claim of an entry is dated like any that its owner records.
    claim = claim._replace(on=claim.on or today)
    effect = ", ".join([f"a new {values['kind']}", *claim_parts(claim)])
    claims = (claim,) if claim.status or claim.release or claim.note else ()
    return ImportPlan(Show("", **values).with_claims(*claims), values, claim if claims else None, (effect,))


def _fill_fields(draft: Draft, show: Show) -> tuple[dict[str, Any], list[str]]:
    """Return the fields to which a draft adds something, and what it adds in words."""
    values: dict[str, Any] = {}
    effects = []
    titles = (show.title, show.original_title, *show.aliases)
    if draft.title and name_form(draft.title) not in map(name_form, titles):
        values["aliases"] = (*show.aliases, draft.title)
        effects.append(f"also known as {draft.title}")
    if (synopsis := draft.fact("synopsis")) is not None and not show.synopsis.strip():
        values["synopsis"] = synopsis.value
        effects.append("synopsis filled in")
    cast, added, roles = _merge_casts(show.cast, draft.cast)
    if added or roles:
        values["cast"] = cast
        effects += [f"{plural(added, 'name')} added to the cast"] if added else []
        effects += [f"{plural(roles, 'role')} filled in"] if roles else []
    for field in _NAMES:
        names = getattr(show, field)
        forms = set(map(name_form, names))
        if new_names := tuple(name for name in _unique_names(draft, field) if name_form(name) not in forms):
            values[field] = (*names, *new_names)
            added_names = new_names[0] if len(new_names) == 1 else plural(len(new_names), "name")
            effects.append(f"{added_names} added to the {field}")
    if own := show.follows.keys() & values.keys():
        # What its owner writes is the owner's from then on.
        values["follows"] = {name: source for name, source in show.follows.items() if name not in own}
        effects += [
            f"{name} no longer follows {source_label(show.follows[name])}"
            for name in sorted(own)
            if show.follows[name] != ME
        ]
    return values, effects


def _merge_casts(mine: tuple[Credit, ...], theirs: Iterable[Credit]) -> tuple[tuple[Credit, ...], int, int]:
    """Merge two casts; return the cast, the number of new names and of new roles."""
    cast, places = list(mine), {name_form(mine[place].actor): place for place in reversed(range(len(mine)))}
    added = roles = 0
    for credit in theirs:
        place = places.get(name_form(credit.actor))
        if place is None:
            places[name_form(credit.actor)] = len(cast)
            cast.append(credit)
            added += 1
        elif credit.role and not cast[place].role:
            cast[place] = cast[place]._replace(role=credit.role)
            roles += place < len(mine)
    return tuple(cast), added, roles


def _unique_names(draft: Draft, field: str) -> tuple[str, ...]:
    """Return the names of a list field as the file has them, each once."""
    names: dict[str, str] = {}
    for name in draft.names(field):
        file_name = country_code(name) if field == "countries" else name
        names.setdefault(name_form(file_name), file_name)
    return tuple(names.values())


def _find_recorded(claim: Claim, history: Iterable[Claim]) -> Claim | None:
    """Return the claim of a history that says the same in the same place."""

    def identity(claim: Claim) -> tuple[object, ...]:
        place = (claim.url,) if claim.url else ("", claim.source, claim.on)
        return (*place, claim.status, claim.release and claim.release.key)

    return next((recorded for recorded in history if identity(recorded) == identity(claim)), None)


def _describe_claim(show: Show, after: Show, claim: Claim) -> list[str]:
    """Return what a claim does to status and window, in words."""
    state = after.history_state
    step = state.step_of(claim)
    effects = [effect for effect in (_window_effect(show, after, step), _status_effect(show, after, claim)) if effect]
    is_mentioned = step.effect is Effect.SLIPPED and step.claim == state.window_claim
    if state.slips != show.history_state.slips and not is_mentioned:
        effects.append(describe_slips(state))
    if claim.on is None and claim_parts(claim) and show.history:
        effects.append("undated, so dated claims outrank it")
    return effects


def _status_effect(show: Show, after: Show, claim: Claim) -> str:
    if claim.status is None or after.status is None:
        return ""
    if after.status is not claim.status:
        return f"{claim.status.value}: a newer claim says {after.status.value}"
    if show.status is after.status:
        return f"status {after.status.value} confirmed"
    return f"status {describe_status_change(show.status, after.status)}"


def _window_effect(show: Show, after: Show, step: Step) -> str:
    claimed, before, now = step.claim.release, show.release, after.release
    if claimed is None or now is None:
        return ""
    if before is None or now.key != before.key:
        return describe_window_change(step, before.label if before else "", now.label)
    if claimed.key == before.key:
        return f"{before.label} confirmed"
    # An older date may be the same as what was said then.
    if step.effect is Effect.CONFIRMED and claimed.contains(before):
        return f"{claimed.label} is vaguer; {before.label} stays"
    return f"{claimed.label}: a newer claim says {before.label}"
