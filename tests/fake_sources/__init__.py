"""TVmaze, TMDB and Wikidata on the loopback, with invented shows."""

from tests.fake_sources.certificate import Certificate
from tests.fake_sources.clock import NOON, FakeClock
from tests.fake_sources.server import FakeSources, Request
from tests.fake_sources.shows import FakeShow

__all__ = ["NOON", "Certificate", "FakeClock", "FakeShow", "FakeSources", "Request"]
