"""`make document`: linters and generators of others read the OpenAPI documents, and find nothing wrong with them.

Each tool reads a copy of openapi.json with a planted fault too, which it must refuse. So a tool that was not run, or
whose findings were not looked at, does not pass.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from integration_api.resources.register import Subject
from integration_api.web.openapi_documents import MAIN, file_name

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
BUILD = ROOT / "build" / "document"
NODE, VENV = BUILD / "node", BUILD / "venv"
MAX_TOOL_SECONDS = 300
MAX_INSTALL_SECONDS = 900
SETTINGS = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true", "CI": "true"}
"""No tool reports to its makers, or asks for newer versions of itself."""

PLANTED = "#/components/schemas/NotThere"
"""A reference that leads nowhere."""

OF_THE_TOOL = (
    "OpenAPI 3.1 support is still in beta",
    "ModelUtils - Failed to get the schema name: null",
    "Range (reserved word) cannot be used as model name",
)
"""Log lines of OpenAPI Generator about itself: its support of 3.1, its search for the name of an inline schema, what it
would call a model that had the name of the header `Range`. No schema has it: tests/web/test_openapi_documents.py.
"""


class Tool(NamedTuple):
    """A command that reads the document at `path` and writes into `out`."""

    name: str
    command: Callable[[Path, Path], Sequence[str | Path]]
    is_slow: bool = False
    """Whether another tool that runs the same program shows that the planted fault is found."""


def _node(name: str) -> Path:
    return NODE / "node_modules" / ".bin" / name


def _python(name: str) -> Path:
    return VENV / "bin" / name


def _openapi_generator(language: str) -> Callable[[Path, Path], Sequence[str | Path]]:
    def command(path: Path, out: Path) -> Sequence[str | Path]:
        generator = _python("openapi-generator-cli")
        return [generator, "generate", "-i", path, "-g", language, "-o", out / language]

    return command


READERS = (
    Tool("Redocly", lambda path, _: [_node("redocly"), "lint", path, "--config", HERE / "redocly.yaml"]),
    Tool(
        "Spectral",
        lambda path, _: [
            *(_node("spectral"), "lint", path, "--ruleset", HERE / "spectral.yaml"),
            *("--fail-severity", "hint"),
        ],
    ),
    Tool(
        "openapi-typescript",
        lambda path, out: [
            *(_node("openapi-typescript"), path, "--output", out / "openapi-typescript.ts"),
            "--default-non-nullable=false",
        ],
    ),
    Tool(
        "hey-api",
        lambda path, out: [
            *(_node("openapi-ts"), "--input", path, "--output", out / "hey-api"),
            *("--client", "@hey-api/client-fetch", "--no-log-file"),
        ],
    ),
    Tool(
        "datamodel-code-generator",
        lambda path, out: [
            *(_python("datamodel-codegen"), "--input", path, "--output", out / "models.py"),
            *("--input-file-type", "openapi", "--output-model-type", "pydantic_v2.BaseModel"),
            *("--target-python-version", "3.11", "--use-annotated", "--collapse-root-models", "--strict-refs"),
            *("--capitalise-enum-members", "--set-default-enum-member", "--formatters", "builtin"),
        ],
    ),
    Tool("OpenAPI Generator, Kotlin", _openapi_generator("kotlin")),
    Tool("OpenAPI Generator, Swift", _openapi_generator("swift6"), is_slow=True),
    Tool("OpenAPI Generator, Dart", _openapi_generator("dart-dio"), is_slow=True),
)
MODELS_CHECKER = Tool(
    "mypy --strict",
    lambda _, out: [
        *(_python("mypy"), "--strict", "--cache-dir", out / "mypy", "--config-file", os.devnull),
        out / "models.py",
    ],
)
CHECKERS = (Tool("tsc --strict", lambda _, out: [_node("tsc"), "--project", out / "tsconfig.json"]), MODELS_CHECKER)
"""Compilers of what was generated."""


def install() -> None:
    """Install the tools as their locks say, unless that was done. Raises CalledProcessError."""
    locks = [HERE / "package-lock.json", HERE / "requirements.lock"]
    wanted, stamp = "".join(lock.read_text("utf-8") for lock in locks), BUILD / "installed"
    if stamp.exists() and stamp.read_text("utf-8") == wanted:
        return
    shutil.rmtree(BUILD, ignore_errors=True)
    NODE.mkdir(parents=True)
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(HERE / name, NODE)
    _install("npm", "ci", "--ignore-scripts", "--silent", "--prefix", NODE)
    _install(sys.executable, "-m", "venv", VENV)
    pip = (_python("python"), "-m", "pip", "install", "-q", "--disable-pip-version-check")
    _install(*pip, "--require-hashes", "-r", HERE / "requirements.lock")
    stamp.write_text(wanted, "utf-8")


def _install(*command: str | Path) -> None:
    subprocess.run(command, cwd=BUILD, check=True, timeout=MAX_INSTALL_SECONDS)


def findings(tool: Tool, path: Path, out: Path) -> str:
    """Return the findings of the tool on a document; empty if there are none."""
    try:
        done = subprocess.run(
            list(tool.command(path, out)),
            cwd=out,
            env={**os.environ, **SETTINGS},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=MAX_TOOL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"took longer than {MAX_TOOL_SECONDS} s"
    warned = [
        line
        for line in done.stdout.splitlines()
        if any(word in line for word in (" WARN ", " ERROR ", "Warning:"))
        and not any(known in line for known in OF_THE_TOOL)
    ]
    if done.returncode == 0 and not warned:
        return ""
    return "\n".join(warned or [done.stdout]) or f"ended with {done.returncode}"


def planted(document: str) -> str:
    """The document with one reference that leads nowhere."""
    made = json.loads(document)
    made["components"]["schemas"]["MedicineCreate"]["properties"]["kind"] = {"$ref": PLANTED}
    return json.dumps(made)


def main() -> int:
    """Run every tool; say what each found, and how long it took."""
    install()
    main_one, *others = [MAIN, *map(file_name, Subject)]
    text = (ROOT / main_one).read_text("utf-8")
    good, bad = _fresh("good"), _fresh("bad")
    (good / main_one).write_text(text, "utf-8")
    (bad / main_one).write_text(planted(text), "utf-8")
    for name in ("uses.ts", "tsconfig.json"):
        shutil.copy(HERE / name, good)
    wrong = 0
    for tool in (*READERS, *CHECKERS):
        began = time.monotonic()
        found = findings(tool, good / main_one, good)
        missed = tool in READERS and not tool.is_slow and not findings(tool, bad / main_one, bad)
        wrong += bool(found) + missed
        _say(tool.name, "does not see a planted fault" if missed else "", found, began)
    for name in others:
        folder = _fresh(name.removesuffix(".json"))
        shutil.copy(ROOT / name, folder)
        for tool in (*READERS, MODELS_CHECKER):
            began = time.monotonic()
            found = findings(tool, folder / name, folder)
            wrong += bool(found)
            _say(f"{name}, {tool.name}", "", found, began)
    return 1 if wrong else 0


def _say(name: str, fault: str, found: str, began: float) -> None:
    said = "finds faults" if found else fault or "finds nothing wrong"
    sys.stdout.write(f"{name}: {said} ({time.monotonic() - began:.0f} s)\n{found + chr(10) if found else ''}")
    sys.stdout.flush()


def _fresh(name: str) -> Path:
    folder = BUILD / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


if __name__ == "__main__":
    sys.exit(main())
