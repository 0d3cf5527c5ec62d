"""An invented world on the loopback, in which services tell of shows that nobody ever made."""

from tests.world.certificate import Certificate
from tests.world.clock import NOON, Clock
from tests.world.server import Request, World
from tests.world.shows import Show

__all__ = ["NOON", "Certificate", "Clock", "Request", "Show", "World"]
