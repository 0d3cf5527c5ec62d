"""The bare Textual app that the real one is held against: one label, which each key changes."""

from __future__ import annotations

from textual import events
from textual.app import App, ComposeResult
from textual.widgets import Label


class Bare(App[None]):
    """Shows how many keys were pressed."""

    pressed = 0

    def compose(self) -> ComposeResult:
        """Make the label."""
        yield Label("bare-0-app", id="label")

    def on_key(self, event: events.Key) -> None:
        """Count the key."""
        self.pressed += 1
        self.query_one(Label).update(f"bare-{self.pressed}-app")


if __name__ == "__main__":
    Bare().run()
