"""A release: what it must say of itself, its bill of materials, its checksums and their signature. For `make release`.

`check` compares the places that name the version. `finish FOLDER KEY` completes the bill of materials, writes checksums
over all files of the folder, and signs that with an Ed25519 key. Users verify it with programs of their own system:
docs/releasing.md.
"""

import base64
import getpass
import hashlib
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

ROOT = Path(__file__).parents[1]
SUMS, SIGNATURE, BILL = "SHA256SUMS", "SHA256SUMS.sig", "sbom.cdx.json"
LOCKS = ("requirements.lock", "requirements-pdf.lock", "requirements-telemetry.lock")
PUBLIC_KEY = ROOT / "deploy" / "release-key.pem"
FRONT_ENDS = sorted(path.parent.name for path in (ROOT / "frontends").glob("*/package-lock.json"))
HEADING = re.compile(r"^## (\d+\.\d+\.\d+), (\d{4}-\d{2}-\d{2})$", re.MULTILINE)


class Refused(Exception):
    """A release that is not as it must be."""


def version() -> str:
    """The version of pyproject.toml, which all other places must name."""
    found: str = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    return found


def versions() -> dict[str, str]:
    """Every other place that names the version, with what it says."""
    texts = {"Dockerfile": r"^ARG VERSION=(\S+)", "src/integration_api/__init__.py": r'^    __version__ = "(.+)"'}
    found = {path: re.findall(line, (ROOT / path).read_text("utf-8"), re.MULTILINE) for path, line in texts.items()}
    found["openapi.json"] = [json.loads((ROOT / "openapi.json").read_text("utf-8"))["info"]["version"]]
    return {path: " ".join(said) for path, said in found.items()}


def unready(changelog: str, is_clean: bool) -> list[str]:
    """What stands in the way of a release."""
    wanted = version()
    found = [f"{path} says {said or 'nothing'}, not {wanted}" for path, said in versions().items() if said != wanted]
    released = HEADING.findall(changelog)
    if not released or released[0][0] != wanted:
        found.append(f"CHANGELOG.md does not begin with: ## {wanted}, and the day")
    return found + ["the work tree has changes that no commit has"] * (not is_clean)


def front_end_parts() -> list[dict[str, Any]]:
    """The packages of npm that the built front ends have in them, as components of CycloneDX."""
    found: dict[str, dict[str, Any]] = {}
    for name in FRONT_ENDS:
        lock = json.loads((ROOT / "frontends" / name / "package-lock.json").read_text("utf-8"))
        for path, package in lock["packages"].items():
            if "integrity" not in package or package.get("dev"):
                continue
            part = path.rpartition("node_modules/")[2]
            identity = f"pkg:npm/{part.replace('@', '%40')}@{package['version']}"
            kind, _, digest = package["integrity"].partition("-")
            content = base64.b64decode(digest).hex()
            found[identity] = {
                "bom-ref": identity,
                "type": "library",
                "name": part,
                "version": package["version"],
                "purl": identity,
                "hashes": [{"alg": f"SHA-{kind.removeprefix('sha')}", "content": content}],
            }
    return [found[identity] for identity in sorted(found)]


def whole_bill(bill: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The bill of materials of the lock, with the parts of the front ends and the digests of what is released."""
    product = bill["metadata"]["component"]
    packed = sorted([*folder.glob("*.whl"), *folder.glob("*.tar.gz")])
    product["version"] = version()
    product["components"] = [
        {
            "bom-ref": path.name,
            "type": "file",
            "name": path.name,
            "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(path.read_bytes()).hexdigest()}],
        }
        for path in packed
    ]
    return {**bill, "components": [*bill["components"], *front_end_parts()]}


def sums_of(folder: Path) -> str:
    """A line for each file, as `sha256sum` writes and checks them."""
    return "".join(
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in sorted(folder.iterdir())
        if path.name not in {SUMS, SIGNATURE}
    )


def sign(folder: Path, key: Ed25519PrivateKey) -> None:
    """Write the checksums of a folder, and their signature."""
    text = sums_of(folder).encode()
    (folder / SUMS).write_bytes(text)
    (folder / SIGNATURE).write_bytes(key.sign(text))


def verify(folder: Path, key: Ed25519PublicKey) -> None:
    """Verify a release as its users do. Raises Refused."""
    text = (folder / SUMS).read_bytes()
    try:
        key.verify((folder / SIGNATURE).read_bytes(), text)
    except InvalidSignature:
        raise Refused("the signature is not of these checksums by this key") from None
    if text.decode() != sums_of(folder):
        raise Refused("a file is not the one that was signed, or is missing, or nobody signed it")


def key_at(path: Path) -> Ed25519PrivateKey:
    """The private key of a file, whose passphrase is asked for. Raises Refused."""
    text = path.read_bytes()
    passphrase = getpass.getpass("passphrase of the release key: ").encode() if b"ENCRYPTED" in text else None
    key = load_pem_private_key(text, passphrase)
    if not isinstance(key, Ed25519PrivateKey):
        raise Refused("the release key is not an Ed25519 key")
    return key


def finish(folder: Path, key: Ed25519PrivateKey, known: Path = PUBLIC_KEY) -> None:
    """Complete, sum and sign a folder with a wheel, a source archive, locks and a bill of materials. Raises Refused."""
    if not known.exists():
        raise Refused(f"there is no {known}: commit the public key first (docs/releasing.md)")
    public = load_pem_public_key(known.read_bytes())
    if not isinstance(public, Ed25519PublicKey):
        raise Refused(f"{known} is not an Ed25519 key")
    for pattern in ("*.whl", "*.tar.gz", BILL, *LOCKS):
        if len(list(folder.glob(pattern))) != 1:
            raise Refused(f"not one {pattern} in {folder}")
    bill = whole_bill(json.loads((folder / BILL).read_text("utf-8")), folder)
    (folder / BILL).write_text(json.dumps(bill, indent=1) + "\n", "utf-8")
    sign(folder, key)
    verify(folder, public)


def main(arguments: list[str]) -> int:
    """Run a command. Returns the exit code."""
    try:
        if arguments[0] == "check":
            asked = ["git", "status", "--porcelain", "--untracked-files=no"]
            is_clean = not subprocess.run(asked, capture_output=True, check=True, cwd=ROOT).stdout
            found = unready((ROOT / "CHANGELOG.md").read_text("utf-8"), is_clean)
            sys.stderr.writelines(f"{line}\n" for line in found)
            return int(bool(found))
        finish(Path(arguments[1]), key_at(Path(arguments[2])))
        sys.stdout.write((Path(arguments[1]) / SUMS).read_text("utf-8"))
    except Refused as refused:
        sys.stderr.write(f"{refused}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
