"""The external issuer as one process knows it: the keys of its tokens, and the cached actors of tokens.

A cached actor is a hint, like the claims of the product's own tokens, until a Statement proves it.
"""

from collections import OrderedDict
from dataclasses import dataclass, field

from integration_api.access.actor import Actor
from integration_api.access.issuer import Issuer

_MAX_ACTORS = 5_000


@dataclass(frozen=True, slots=True)
class ExternalIssuer:
    """The issuer, and a cache of the actors of its tokens."""

    issuer: Issuer
    actors: OrderedDict[str, Actor] = field(default_factory=OrderedDict)

    def remember(self, token: str, actor: Actor) -> Actor:
        """Cache the actor of a token; drop the oldest entry if there are too many."""
        self.actors[token] = actor
        if len(self.actors) > _MAX_ACTORS:
            self.actors.popitem(last=False)
        return actor
