"""An external issuer as one process knows it: the keys of its tokens, and the actors that they stand for.

An actor that is remembered is a hint, as the claims of a token of our own are, until a Statement proves it.
"""

from collections import OrderedDict
from dataclasses import dataclass, field

from integration_api.access.actor import Actor
from integration_api.access.issuer import Issuer

_MAX_ACTORS = 5_000


@dataclass(frozen=True, slots=True)
class ExternalIssuer:
    """An issuer, and its tokens' actors as far as this process knows."""

    issuer: Issuer
    actors: OrderedDict[str, Actor] = field(default_factory=OrderedDict)

    def remember(self, token: str, actor: Actor) -> Actor:
        """Keep whom a token stands for, in place of the one remembered longest if there are too many."""
        self.actors[token] = actor
        if len(self.actors) > _MAX_ACTORS:
            self.actors.popitem(last=False)
        return actor
