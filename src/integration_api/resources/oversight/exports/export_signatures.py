"""The signature under the manifest of an export: Ed25519 over its bytes, by a key that signs nothing else."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from integration_api.storage.vault import Vault

_PURPOSE = "export-signing"


class ExportSigner:
    """The signing key of the exports of one database."""

    def __init__(self, seed: bytes) -> None:
        """`seed` is 32 bytes."""
        self._key = Ed25519PrivateKey.from_private_bytes(seed)

    @classmethod
    def of(cls, vault: Vault) -> "ExportSigner":
        """Return that of a database: the same in every process, whatever the master key."""
        return cls(vault.derive(_PURPOSE))

    @property
    def public_key(self) -> bytes:
        """Return the public key: 32 bytes."""
        return self._key.public_key().public_bytes_raw()

    @property
    def pem(self) -> bytes:
        """Return the public key as `openssl` reads it."""
        return self._key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    def sign(self, manifest: bytes) -> bytes:
        """Return the signature: 64 bytes (RFC 8032)."""
        return self._key.sign(manifest)
