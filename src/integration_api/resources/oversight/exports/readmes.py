"""`README.html`: what the export is, what is left out of it and why, and how anybody checks it without this product."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from integration_api.resources.oversight.exports.archives import Written
from integration_api.resources.oversight.exports.chart_style import END, head
from integration_api.resources.oversight.exports.chart_texts import Texts, escaped
from integration_api.resources.oversight.exports.rules import FORMAT, FORMAT_VERSION, left_out

CHECK = """import hashlib, json, pathlib
here = pathlib.Path(".")
manifest = json.loads((here / "manifest.json").read_text("utf-8"))
wrong = [one["path"] for one in manifest["files"]
         if not (here / one["path"]).is_file()
         or hashlib.sha256((here / one["path"]).read_bytes()).hexdigest() != one["sha256"]]
known = {one["path"] for one in manifest["files"]} | {"manifest.json", "manifest.sig", "signing-key.pem"}
extra = sorted(path.as_posix() for path in here.rglob("*") if path.is_file() and path.as_posix() not in known)
print("not as it was made: " + ", ".join(wrong) if wrong else "every file is as it was made")
if extra:
    print("not of the export, so nothing is said of it: " + ", ".join(extra))
raise SystemExit(1 if wrong else 0)
"""
"""A program that anybody with Python can run in the unpacked folder; a test runs it as it stands in the file."""
OPENSSL = "openssl pkeyutl -verify -pubin -inkey signing-key.pem -rawin -in manifest.json -sigfile manifest.sig"

PDF, PARTS = "chart.pdf", "chart-1.pdf"
_FILES = (
    ("chart.html", "Your chart to read and to print. Begin here."),
    (PDF, "The same for programs that read no HTML, without its pictures. A long chart has several parts. Signs that "
     "no font has, such as emoji, stand as their names in brackets."),
    ("data/", "The same, and more, for programs: one file a kind, one JSON object a line (JSON Lines, UTF-8). The "
     "names of the fields are those of the API; times are UTC."),
    ("fhir/", "The same things as FHIR R4 resources, for other systems: one file a type, one resource a line."),
    ("attachments/", "Pictures, recordings and documents, named by their SHA-256."),
    ("proofs/", "For each signed note, the proof that it was signed so. The clinic's own program checks one: "
     "integration-api ledger check-proof."),
    ("manifest.json", "Every file with its size, its SHA-256, and how many things it has."),
    ("manifest.sig, signing-key.pem", "The signature under manifest.json, and the key that checks it."),
)  # fmt: skip

_COPY = "The clinic made this copy for a request for the record (45 CFR 164.524)."


def readme(
    texts: Texts,
    name: str,
    clinic: str,
    made_at: datetime,
    public_key: str,
    files: Sequence[Written],
    missing: Mapping[str, int],
    *,
    is_copy: bool,
) -> bytes:
    """Return the page. A copy is what staff made for a record request."""
    why = _COPY if is_copy else "They asked for it."
    told = "".join(
        f"<tr><th scope=row>{escaped(path)}</th><td>{escaped(what)}</td></tr>" for path, what in _files(files)
    )
    counts = "".join(
        f"<tr><td>{escaped(one.path)}</td><td>{one.count}</td></tr>" for one in files if one.count is not None
    )
    out = "".join(
        f"<li>{escaped(why)}{'' if count is None else f' In this export: {count}.'}</li>"
        for _, why, count in left_out(missing, is_copy=is_copy)
    )
    return (
        f"{head(f'Read this first: the chart of {escaped(name)}')}"
        f"<header><h1>Read this first</h1><p>This is the chart of <bdi>{escaped(name)}</bdi> at "
        f"<bdi>{escaped(clinic)}</bdi>, as they could see it {texts.instant(made_at)}. {why}</p>"
        "<p>Unpack the file, then open <a href='chart.html'>chart.html</a>. No account, network or program of "
        "ours is needed. It holds private health information: keep it where only you can open it, and think twice "
        "before you send it to anybody.</p></header><main>"
        f"<h2>The files</h2><table><thead><tr><th scope=col>File</th><th scope=col>What it is</th></tr></thead>"
        f"<tbody>{told}</tbody></table>"
        f"<h2>What is left out, and why</h2><ul>{out}</ul>"
        "<h2>How to check that nothing was changed</h2>"
        "<p>1. Compare the files with the manifest. With Python, in the folder:</p>"
        f"<pre id='check'>{escaped(CHECK)}</pre>"
        "<p>2. Check the signature under the manifest. With OpenSSL 3:</p>"
        f"<pre id='openssl'>{escaped(OPENSSL)}</pre>"
        "<p>3. Whoever changed the files could have put in a key of their own. So compare the key with the one that "
        "the clinic shows: it stands as <code>public_key</code> with your exports in the app, and the clinic can tell "
        "it to anybody whom you give this to. The key of this export is</p>"
        f"<pre id='key'>{escaped(public_key)}</pre>"
        f"<h2>For programs</h2><p>Format <code>{FORMAT}</code>, version {FORMAT_VERSION}. A later version with the "
        "same first number adds files and fields alone. The signature is Ed25519 (RFC 8032) over the bytes of "
        "manifest.json; the key is its last 32 bytes in DER.</p>"
        "<table><thead><tr><th scope=col>Data file</th><th scope=col>Things</th></tr></thead>"
        f"<tbody>{counts}</tbody></table></main>{END}"
    ).encode()


def _files(files: Sequence[Written]) -> list[tuple[str, str]]:
    """Return the files that are explained: the PDF if there is one, by the name of its first part."""
    there = {PDF, PARTS} & {one.path for one in files}
    named = ((", ".join(there) if path == PDF else path, what) for path, what in _FILES)
    return [(path, what) for path, what in named if path]
