"""The base of all models."""

from typing import Any

from pydantic import BaseModel, ConfigDict

ABSENT: Any = None
"""The value of a field that was left out of a body and that takes no null. It is never sent."""


class Body(BaseModel):
    """A body of a request or a response. Its validator is built when it is first used: a program starts sooner."""

    model_config = ConfigDict(defer_build=True)
