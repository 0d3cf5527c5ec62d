"""From what services and others said to `Content`: who says what, what comes next, whose data it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial

from textual.content import Content

from tracker.model.episode import episode_words
from tracker.model.history import Standing
from tracker.model.observation import LABELS, NOTICES
from tracker.model.show import Show
from tracker.model.voice import Voice, voices
from tracker.model.word import Word, next_episode
from tracker.text import fit
from tracker.tui.format import MUTED
from tracker.tui.theme import Signs

_DAY, _WHY_CELLS = 10, 11
_WIDE = 66
"""From how many cells on a row has all its columns."""
_WHY = {"counts": "$text-success", "disagrees": "$text-error"}


Line = Callable[[int], Content]
"""A line of the status pane for a pane of so many cells."""


def describe_now(
    show: Show, standing: Standing, words: Sequence[Word], proposals: int, today: date, signs: Signs
) -> Iterator[Line]:
    """Give the lines above the history of a show that services know: what is next, and who says what by now."""
    if coming := next_episode(words, today):
        episode, source = coming
        yield _always(Content.assemble(("next  ", MUTED), episode_words(episode), (f"  {source}", MUTED)))
    if places := tuple(dict.fromkeys(name for word in words for name in word.said.providers)):
        yield _always(Content.assemble(("watch ", MUTED), ", ".join(places), ("  JustWatch", MUTED)))
    told = [voice for voice in voices(show, standing, words) if not _is_past(voice)]
    if told:
        yield _always(_heading("Who says what", told))
        yield from (partial(_voice, voice, signs) for voice in told)
    if proposals:
        many = f"{proposals} proposal{'' if proposals == 1 else 's'}"
        yield _always(Content.assemble((many, "$text-warning"), (": p shows what services say otherwise", MUTED)))
    if words:
        yield _always(Content(""))


def describe_past(show: Show, standing: Standing, words: Sequence[Word], signs: Signs) -> Iterator[Line]:
    """Give the lines below the history: the last words of those who said nothing since, or of all but services."""
    told = voices(show, standing, words)
    past = [voice for voice in told if _is_past(voice)] if words else told
    if past and len(told) > 1:
        yield _always(Content(""))
        yield _always(_heading("Who said what" if words else "Who says what", past))
        yield from (partial(_voice, voice, signs) for voice in past)


def _heading(words: str, told: Sequence[Voice]) -> Content:
    """Return the line above the rows, with why the one counts that does."""
    counting = next((voice for voice in told if voice.counts), None)
    reason = counting.why.partition(": ")[2] if counting is not None else ""
    if counting is not None and any(_is_newer(voice, counting) for voice in told):
        reason = "what was claimed counts, what services say since is proposed"
    why = {"newest": "the newest word counts", "most exact": "the most exact word counts, newer ones are vaguer"}
    return Content.assemble(
        (words, "bold"), (f"  {why.get(reason, reason and f'what is said {reason} counts')}", MUTED)
    )


def _is_newer(voice: Voice, counting: Voice) -> bool:
    """Return whether a service disagrees with the word that counts, and was heard later."""
    return voice.is_service and voice.why == "disagrees" and bool(voice.on and counting.on and voice.on > counting.on)


def _is_past(voice: Voice) -> bool:
    """Return whether newer words of others stand in the place of this one."""
    return voice.why in ("older", "") and not voice.counts and not voice.is_service


def _always(text: Content) -> Line:
    return lambda width: text


def _voice(voice: Voice, signs: Signs, width: int) -> Content:
    """Return one row: who, the window, the status in their word, since when, and why it counts or does not."""
    who, when, gap = (12, 12, "  ") if width >= _WIDE else (10, 11, " ")
    mark = (signs.cursor if voice.counts else " ") + " "
    window = voice.release.label if voice.release is not None else "–"
    row: list[str | tuple[str, str]] = [(mark, "$text-success"), (fit(voice.who, who), "bold" if voice.counts else "")]
    row += [gap, fit(window, when)]
    left = width - 2 - who - len(gap) - when
    if width >= _WIDE:
        word = min(20, left - _DAY - _WHY_CELLS - 3 * len(gap))
        row += [gap, (fit(voice.status, word), MUTED)]
    if left >= _DAY + _WHY_CELLS + 2 * len(gap):
        row += [gap, (fit(voice.on.isoformat() if voice.on else "undated", _DAY), MUTED)]
        left -= _DAY + len(gap)
    why = voice.why.partition(":")[0]
    return Content.assemble(*row, gap, (fit(why, min(_WHY_CELLS, left - len(gap))).rstrip(), _WHY.get(why, MUTED)))


def services_of(words: Sequence[Word]) -> str:
    """Return the names of the services whose data is shown."""
    return ", ".join(dict.fromkeys(LABELS[word.said.source] for word in words))


def describe_notices(words: Sequence[Word], signs: Signs) -> Iterator[tuple[Content, str]]:
    """Give what the services ask to be said, with the address of the show's page at each."""
    for word in words:
        arrow = f" {signs.arrow}" if word.said.url else ""
        yield Content.styled(f"{NOTICES[word.said.source]}{arrow}", MUTED), word.said.url
