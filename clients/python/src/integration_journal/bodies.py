"""The base of all models."""

from pydantic import BaseModel, ConfigDict


class Body(BaseModel):
    """A body of a request or a response. Its validator is built when it is first used: a program starts sooner."""

    model_config = ConfigDict(defer_build=True)
