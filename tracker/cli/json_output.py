"""Every JSON object that the commands print: a contract that scripts rely on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from tracker.model.window import Window, days_until

if TYPE_CHECKING:
    from tracker.errors import SourceError
    from tracker.model.article_draft import Article, Draft, Fact
    from tracker.model.episode import Episode
    from tracker.model.history import Promise, Step
    from tracker.model.latest_claims import LatestClaim
    from tracker.model.matching import SearchResult
    from tracker.model.proposal import Proposal
    from tracker.model.release_dates import ReleaseDate
    from tracker.model.show import Show
    from tracker.reports.digest import DigestLine
    from tracker.reports.slips import Median, PromisedDate, SlipRecord, SlipReport, SlipStats

Json = dict[str, Any]


def print_json(value: Sequence[Json] | Json) -> None:
    """Print a JSON document."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def iso_date(day: date | None) -> str | None:
    """Return a day as text, `2026-05-14`."""
    return day.isoformat() if day else None


def window_json(window: Window | None) -> Json | None:
    """Return a release window."""
    if window is None:
        return None
    return {
        "text": window.text, "edtf": window.edtf,
        "earliest": iso_date(window.earliest), "latest": iso_date(window.latest),
        "precision": window.precision.value, "approximate": window.approximate,
    }  # fmt: skip


def summary_json(show: Show, today: date) -> Json:
    """Return a show as `list --json` prints it."""
    state = show.history_state
    return {
        "id": show.id, "title": show.title, "original_title": show.original_title, "kind": show.kind,
        "season": show.season,
        "status": _status(show), "overdue": show.is_overdue(today), "window": window_json(show.release),
        "countdown": _countdown_json(show, today),
        "slips": state.slips, "slipped_days": state.slipped_days,
        "networks": list(show.networks), "countries": list(show.countries), "tags": list(show.tags),
        "watch": show.watch or None, "rating": show.rating,
        "last_claim": iso_date(max((claim.on for claim in show.history if claim.on), default=None)),
    }  # fmt: skip


def show_json(
    show: Show,
    today: date,
    *,
    proposals: Iterable[Proposal],
    latest_claims: Iterable[LatestClaim],
    next_episode: Episode | None,
    providers: Iterable[str],
    releases: Iterable[ReleaseDate],
    notices: Iterable[str],
) -> Json:
    """Return a show as `show --json` prints it."""
    return summary_json(show, today) | {
        "aliases": list(show.aliases), "genres": list(show.genres), "directors": list(show.directors),
        "writers": list(show.writers), "locations": list(show.locations),
        "synopsis": show.synopsis, "notes": show.notes,
        "remind": list(show.remind) if show.remind is not None else None,
        "cast": [{"actor": credit.actor, "role": credit.role, "about": credit.about} for credit in show.cast],
        "links": dict(show.links), "ids": dict(show.ids), "follows": dict(show.follows),
        "releases": [_release_json(one) for one in releases],
        "proposals": [proposal_json(proposal) for proposal in proposals],
        "voices": [_latest_claim_json(claim) for claim in latest_claims],
        "next_episode": _episode_json(next_episode), "providers": list(providers), "notices": list(notices),
        "history": [_step_json(step) for step in show.history_state.steps] if show.history else [],
    }  # fmt: skip


def _release_json(one: ReleaseDate) -> Json:
    release = one.release
    return {
        "region": release.region or None, "medium": release.medium or None, "window": window_json(release.window),
        "source": one.source, "note": release.note, "counts": one.counts,
    }  # fmt: skip


def proposal_json(proposal: Proposal) -> Json:
    """Return what a source says otherwise."""
    return {
        "id": proposal.show_id, "field": proposal.field, "source": proposal.source_id.source,
        "mine": proposal.value_text(proposal.mine) if proposal.mine is not None else None,
        "theirs": proposal.value_text(proposal.theirs),
        "since": iso_date(proposal.since), "url": proposal.url or None,
    }  # fmt: skip


def search_result_json(result: SearchResult, known: Show | None) -> Json:
    """Return a result of `search`; `known` is the show of the list that it is."""
    return {
        "title": result.title, "original_title": result.original_title, "year": result.year, "kind": result.kind,
        "networks": list(result.networks), "countries": list(result.countries), "status": result.raw_status or None,
        "references": [str(source_id) for source_id in result.source_ids],
        "urls": [record.url for record in result.records],
        "on_list": known.id if known is not None else None,
    }  # fmt: skip


def search_failure_json(failure: SourceError) -> Json:
    """Return why a source did not answer a search."""
    from tracker.model.source_record import LABELS  # only a search that failed pays for it

    source = next((name for name, label in LABELS.items() if label == failure.source), None)
    return {"source": source, "failure": str(failure)}


def digest_line_json(line: DigestLine) -> Json:
    """Return a line of `today`."""
    show = line.show
    return {
        "id": show.id, "title": show.title, "status": _status(show), "kinds": list(line.kinds), "text": line.text,
        "window": window_json(show.release), "networks": list(show.networks),
    }  # fmt: skip


def calendar_entry_json(show: Show, today: date, *, group: str, episode: Episode | None, day: date | None) -> Json:
    """Return an entry of `calendar` under a heading; `day` is None for what is vaguer than a day."""
    return {
        "group": group, "id": show.id, "title": show.title, "status": _status(show),
        "overdue": show.is_overdue(today), "window": window_json(show.release),
        "countdown": _countdown_json(show, today), "episode": _episode_json(episode),
        "networks": list(show.networks), "day": iso_date(day),
    }  # fmt: skip


def slip_report_json(report: SlipReport) -> Json:
    """Return what `slips` prints."""
    return {
        "all": _slip_stats_json(report.total),
        "networks": [{"network": stats.name} | _slip_stats_json(stats) for stats in report.networks],
        "sources": [{"source": stats.name} | _slip_stats_json(stats) for stats in report.sources],
        "shows": [_slip_record_json(record) for record in report.records],
    }


def draft_json(draft: Draft, article: Article, matching_ids: Sequence[str], offers: Sequence[tuple[int, Fact]]) -> Json:
    """Return what `clip` read out of an article; what is offered has its number on the command line."""
    from tracker.model.article_draft import LIST_FIELDS, MOST_TITLES, SINGLE_FIELDS
    from tracker.model.draft_import import article_source

    # Of a list they are its shows.
    titles = draft.titles if draft.is_abstained else draft.titles[:MOST_TITLES]
    return {
        "verdict": "abstain" if draft.is_abstained else "draft",
        "reason": draft.reason or None,
        "published": iso_date(article.published),
        "source": article_source(article) or None,
        "url": article.url or None,
        "titles": [{"value": title.value, "quote": title.quote} for title in titles],
        **{name: _fact_json(fact) if (fact := draft.fact(name)) else None for name in SINGLE_FIELDS},
        **{name: [_fact_json(fact) for fact in draft.facts_of(name)] for name in LIST_FIELDS},
        "perhaps": [_offer_json(number, fact) for number, fact in offers if fact in draft.perhaps],
        "matches": list(matching_ids),
    }


def _status(show: Show) -> str | None:
    return show.status.value if show.status else None


def _countdown_json(show: Show, today: date) -> Json | None:
    days = days_until(show.release, today)
    return {"min_days": days[0], "max_days": days[1]} if days else None


def _episode_json(episode: Episode | None) -> Json | None:
    if episode is None:
        return None
    return {
        "season": episode.season, "number": episode.number, "title": episode.title or None,
        "on": iso_date(episode.on), "at": episode.at.isoformat() if episode.at else None,
    }  # fmt: skip


def _latest_claim_json(claim: LatestClaim) -> Json:
    return {
        "source": claim.source, "status": claim.status or None, "window": window_json(claim.release),
        "on": iso_date(claim.on), "counts": claim.counts, "why": claim.why,
    }  # fmt: skip


def _step_json(step: Step) -> Json:
    claim = step.claim
    return {
        "on": iso_date(claim.on), "on_text": claim.date_text,
        "status": claim.status.value if claim.status else None,
        "release": claim.release.text if claim.release else None, "window": window_json(claim.release),
        "source": claim.source, "url": claim.url, "note": claim.note,
        "region": claim.region or None, "medium": claim.medium or None,
        "effect": step.effect.value, "days": step.days, "by_hand": claim.is_hand_edit,
    }  # fmt: skip


def _slip_stats_json(stats: SlipStats) -> Json:
    from tracker.reports.slips import Fate  # only `slips` pays for it

    return {
        "shows": stats.shows, "promised": stats.promised, "slipped": stats.slipped,
        "promises": {"all": len(stats.fates), **{fate.value: stats.count(fate) for fate in Fate}},
        "slip": {**_median_json(stats.slip), "total_days": stats.slipped_days},
        "announced_to_out": _median_json(stats.announced_to_out),
    }  # fmt: skip


def _median_json(median: Median) -> Json:
    days = median.days
    return {"median_days": int(days) if days is not None and days == int(days) else days, "cases": median.cases}


def _slip_record_json(record: SlipRecord) -> Json:
    show = record.show
    return {
        "id": show.id, "title": show.title, "status": _status(show), "networks": list(show.networks),
        "slips": len(record.slips), "slipped_days": record.slipped_days, "drift_days": record.drift,
        "withdrawn": record.is_withdrawn, "missed": window_json(record.missed),
        "announced": iso_date(record.announced_on), "out": iso_date(record.released_on),
        "days_to_out": record.days_to_out,
        "promises": [_promise_json(promise) for promise in record.dates],
        "fates": [_fate_json(promise) for promise in record.promises],
    }  # fmt: skip


def _fate_json(promise: PromisedDate) -> Json:
    return {
        "window": window_json(promise.window), "source": promise.claim.source, "fate": promise.fate.value,
        "days": promise.days, "missed_first": promise.was_missed,
    }  # fmt: skip


def _promise_json(promise: Promise) -> Json:
    claim = promise.claim
    return {
        "on": iso_date(claim.on), "on_text": claim.date_text, "window": window_json(promise.window),
        "source": claim.source, "url": claim.url, "effect": promise.effect.value, "days": promise.days,
    }  # fmt: skip


def _fact_json(fact: Fact) -> Json:
    evidence = _evidence_json(fact)
    if fact.field == "cast":
        return {"actor": fact.value, "role": fact.role or None, **evidence}
    if window := fact.window:
        days = {"earliest": iso_date(window.earliest), "latest": iso_date(window.latest)}
        evidence |= {"edtf": window.edtf, **days}
    return {"value": fact.value, **evidence}


def _offer_json(number: int, fact: Fact) -> Json:
    from tracker.model.draft_review import field_label

    more: Json = {"role": fact.role or None} if fact.field == "cast" else {}
    more |= {"edtf": fact.window.edtf} if fact.window else {}
    return {
        "field": field_label(fact.field), "number": number, "value": fact.value, **more, **_evidence_json(fact),
    }  # fmt: skip


def _evidence_json(fact: Fact) -> Json:
    by = {"by": fact.by} if fact.by else {}
    return {"quote": fact.quote, "confidence": round(fact.confidence, 3), **by}
