"""The settings of the store of attachments."""

from pathlib import Path
from typing import Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings

from integration_api.core.addresses import is_loopback, is_safe_address
from integration_api.storage.bucket import Bucket, BucketObjects
from integration_api.storage.objects import FolderObjects, Objects


class ObjectSettings(BaseSettings):
    """The place for the bytes of attachments."""

    data_dir: Path = Field(default=Path("data"), description="Folder of the embedded database and its master key.")
    attachments_dir: Path | None = Field(
        default=None,
        description="Folder of attachments. Default: `attachments` in the data folder. Several machines need a bucket.",
    )
    attachments_bucket: str | None = Field(
        default=None,
        description="Bucket of an S3-compatible store for attachments, in the place of a folder. It belongs to one "
        "database alone: what that does not name is deleted from it.",
    )
    attachments_endpoint: str | None = Field(
        default=None,
        description="Address of the store, https unless it is on this machine. Default: Amazon's, by the region.",
    )
    attachments_region: str = Field(default="us-east-1", description="Region of the bucket.")
    attachments_access_key: str | None = Field(
        default=None, description="Access key of the store. Default: the role of the machine."
    )
    attachments_secret_key: SecretStr | None = Field(default=None, description="Secret key of the store.")
    attachments_secret_key_file: Path | None = Field(
        default=None, description="File with the secret key of the store; used if no key is given."
    )
    attachment_sweep_seconds: float = Field(
        default=3600,
        ge=0,
        le=86400,
        description="The interval of forgetting unfinished uploads and deleting bytes of deleted attachments; 0: not "
        "in here.",
    )
    export_seconds: float = Field(
        default=5,
        ge=0,
        le=3600,
        description="The interval of looking for exports that were asked for; 0: not in here.",
    )
    export_pdf: bool = Field(
        default=False,
        description="Whether each export has its readable page as PDF too; needs the extra `pdf` (docs/export.md).",
    )

    @model_validator(mode="after")
    def _endpoint_is_safe(self) -> Self:
        address = self.attachments_endpoint
        if address is not None and not is_safe_address(address, allow_loopback=is_loopback(address)):
            msg = "the address of the store of attachments must be https, unless it is on this machine"
            raise ValueError(msg)
        return self

    @property
    def objects_dir(self) -> Path:
        """Return the folder of attachments."""
        return self.attachments_dir or self.data_dir / "attachments"

    @property
    def runs_dir(self) -> Path:
        """Return the folder of the files that tell when commands last ran."""
        return self.data_dir / "runs"

    @property
    def objects(self) -> Objects:
        """Return the store of attachments: the bucket, if one is named, else a folder. Raises OSError for its key."""
        if self.attachments_bucket is None:
            return FolderObjects(self.objects_dir)
        secret = self.attachments_secret_key.get_secret_value() if self.attachments_secret_key else None
        if secret is None and self.attachments_secret_key_file is not None:
            secret = self.attachments_secret_key_file.read_text().strip()
        return BucketObjects(
            Bucket(
                self.attachments_bucket,
                self.attachments_endpoint,
                self.attachments_region,
                self.attachments_access_key,
                secret,
            )
        )
