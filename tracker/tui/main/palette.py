"""What the command palette finds: every action of the screen, every saved view, and every show by its title."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Protocol

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.types import IgnoreReturnCallbackType

from tracker.guides.library import guide_titles
from tracker.model.search_phrase import Phrase, line_text
from tracker.model.watchlist import Watchlist
from tracker.reports.saved_view import SavedView
from tracker.text import name_form
from tracker.tui.bindings import MAIN_KEYS

_MAX_SHOWS = 30
_SHOW_SCORE = 50.0
"""Above what letters scattered over an action's sentence can score."""


class _ListScreen(Protocol):
    """What is used of the main screen, which imports this module."""

    watchlist: Watchlist

    @property
    def saved_views(self) -> _SavedViews: ...
    def go_to(self, show_id: str) -> None: ...
    async def apply_view(self, saved: SavedView | None) -> None: ...


class _SavedViews(Protocol):
    """What is used of the saved views of the main screen."""

    @property
    def all(self) -> tuple[SavedView, ...]: ...
    def key_of(self, view: SavedView) -> str: ...


class ActionCommands(Provider):
    """The keys of the main screen, by what they do."""

    def _actions(self) -> Iterator[tuple[str, str, IgnoreReturnCallbackType]]:
        bindings = {active.binding.id: active for active in self.screen.active_bindings.values()}
        for key in MAIN_KEYS:
            if key.id in bindings and key.id != "palette":
                active = bindings[key.id]
                run = partial(self.app.run_action, active.binding.action, active.node)
                yield key.tooltip, self.app.get_key_display(active.binding), run

    async def discover(self) -> Hits:
        """Offer all actions."""
        for tooltip, key, run in self._actions():
            yield DiscoveryHit(Content(tooltip), run, text=tooltip, help=key and f"key {key}")

    async def search(self, query: str) -> Hits:
        """Offer the actions that fit."""
        matcher = self.matcher(query)
        for tooltip, key, run in self._actions():
            if (score := matcher.match(tooltip)) > 0:
                yield Hit(score, Content(tooltip), run, text=tooltip, help=key and f"key {key}")


class GuideCommands(Provider):
    """The guides."""

    async def search(self, query: str) -> Hits:
        """Offer the guides whose topic or summary fits."""
        from tracker.tui.dialogs.guide import GuideDialog  # not seen at the start

        matcher = self.matcher(query)
        for topic, summary in guide_titles():
            text = f"Help: {topic}"
            if (score := max(matcher.match(text), matcher.match(summary))) > 0:
                run = partial(self.app.push_screen, GuideDialog(topic))
                yield Hit(score, Content(text), run, text=text, help=summary)


class SavedViewCommands(Provider):
    """The saved views, by name and by filter."""

    def _commands(self) -> Iterator[tuple[str, Content, IgnoreReturnCallbackType]]:
        main: _ListScreen = self.screen  # type: ignore[assignment]  # the provider of that screen alone
        for view in main.saved_views.all:
            key = main.saved_views.key_of(view)
            help_ = " · ".join(fact for fact in (view.query, f"key {key}" if key else "") if fact)
            yield view.label, Content(help_), partial(main.apply_view, view)

    async def discover(self) -> Hits:
        """Offer all saved views."""
        for label, help_, run in self._commands():
            yield DiscoveryHit(Content(label), run, text=label, help=help_)  # type: ignore[arg-type]  # as below

    async def search(self, query: str) -> Hits:
        """Offer the saved views that fit."""
        matcher = self.matcher(query)
        for label, help_, run in self._commands():
            if (score := max(matcher.match(label), matcher.match(help_.plain))) > 0:
                yield Hit(score, Content(label), run, text=label, help=help_)  # type: ignore[arg-type]  # as below


class ShowCommands(Provider):
    """The shows of the list, by title, original title and alias."""

    async def search(self, query: str) -> Hits:
        """Offer the shows whose titles have the words."""
        main: _ListScreen = self.screen  # type: ignore[assignment]  # the provider of that screen alone
        wanted = Phrase.of(query)
        found = 0
        for show in main.watchlist.shows:
            titles = (show.title, show.original_title, *show.aliases)
            if any(wanted.is_in(line_text(text)) for text in (*titles, show.id)):
                at_start = name_form(show.title).startswith(wanted.compact)
                facts = [
                    show.original_title,
                    show.status.value if show.status else "",
                    show.release.label if show.release else "",
                ]
                help_ = " · ".join(fact for fact in facts if fact)
                yield Hit(
                    _SHOW_SCORE * (2 if at_start else 1), Content(show.title), partial(main.go_to, show.id),
                    text=show.title, help=Content(help_),  # type: ignore[arg-type]  # a str would be markup
                )  # fmt: skip
                found += 1
                if found >= _MAX_SHOWS:
                    return
