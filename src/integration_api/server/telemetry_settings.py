"""The settings of metrics and traces. Both are off unless they are set, and each needs an extra of the package."""

from pathlib import Path
from typing import Self

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings

from integration_api.core.addresses import is_safe_address


class TelemetrySettings(BaseSettings):
    """Those who are told of the running product, and of which part: never who asks the API."""

    metrics_port: int | None = Field(
        default=None,
        ge=1,
        le=65535,
        description="Port on which Prometheus fetches metrics at `/metrics`, without a password; unset: none are "
        "counted. Needs the extra `metrics` (docs/watching.md).",
    )
    metrics_host: str = Field(
        default="127.0.0.1",
        description="Address of that port. Change it only to an address that your Prometheus alone can reach.",
    )
    metrics_dir: Path | None = Field(
        default=None,
        description="Folder in which several workers count together. It is emptied at start. Default: one of this "
        "port in `/dev/shm`, or among the temporary files.",
    )
    traces_endpoint: str | None = Field(
        default=None,
        description="Address of a collector that takes spans by OTLP/HTTP, such as `http://127.0.0.1:4318/v1/traces`: "
        "https, unless it is on this machine. Unset: no spans are made. Needs the extra `traces`.",
    )
    traces_ratio: float = Field(
        default=0.01,
        ge=0,
        le=1,
        description="The part of requests whose spans are sent, drawn at random. A client's wish does not count.",
    )

    @model_validator(mode="after")
    def _collector_is_safe(self) -> Self:
        if self.traces_endpoint is not None and not is_safe_address(self.traces_endpoint, allow_loopback=True):
            msg = "INTEGRATION_API_TRACES_ENDPOINT must be https, unless it is on this machine"
            raise ValueError(msg)
        return self
