"""The settings of the address at which clients reach the product, and of pages that are served there."""

from pydantic import Field
from pydantic_settings import BaseSettings


class AddressSettings(BaseSettings):
    """The public address, and the pages that are served there."""

    public_url: str | None = Field(
        default=None,
        pattern=r"^https?://[A-Za-z0-9.:\-\[\]]{1,255}$",
        description="The address at which clients reach the product, such as `https://journal.example.org`. Links of "
        "FHIR begin with it; unset: with scheme and host as each request names them.",
    )
    docs: bool = Field(default=True, description="Serve `/docs` and `/openapi.json`; turn it off on a public address.")
    front_ends: bool = Field(
        default=True, description="Serve `/phone/`, `/desk/` and `/admin/`; turn it off if others are used."
    )
