"""Before the application is made: are the extras installed, and have workers a folder to count in?"""

import os
import socket
import stat
import tempfile
from importlib.util import find_spec
from pathlib import Path

from integration_api import __version__
from integration_api.server.workers import CannotListen
from integration_api.settings import Settings

MULTIPROCESS = "PROMETHEUS_MULTIPROC_DIR"
"""The variable that the library reads when it is loaded; then it counts in files."""
_MEMORY = Path("/dev/shm")  # noqa: S108  the folder in it is checked below
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
WHEEL = f"integration_journal_api-{__version__}-py3-none-any.whl"
"""The file of a release. No index of packages has this product: whoever took the name there could send anything."""
EXTRAS = {
    "metrics": ("INTEGRATION_API_METRICS_PORT", ("prometheus_client",)),
    "traces": (
        "INTEGRATION_API_TRACES_ENDPOINT",
        ("opentelemetry.sdk.trace", "opentelemetry.exporter.otlp.proto.http"),
    ),
    "pdf": ("INTEGRATION_API_EXPORT_PDF", ("typst",)),
}
_TOLD_IN = {"pdf": "docs/export.md"}


class ExtraMissing(ValueError):
    """A setting needs an extra of the package that is not installed; the message says the command."""


class FolderUnfit(ValueError):
    """The folder in which workers count is not this user's own."""


def missing_extras(settings: Settings) -> list[str]:
    """Return what to do for each setting whose extra is not installed."""
    wanted = {
        "metrics": settings.metrics_port is not None,
        "traces": settings.traces_endpoint is not None,
        "pdf": settings.export_pdf,
    }
    return [
        f"{variable} needs the extra `{extra}`: pip install '{WHEEL}[{extra}]', or an image with it "
        f"({_TOLD_IN.get(extra, 'docs/watching.md')})"
        for extra, (variable, modules) in EXTRAS.items()
        if wanted[extra] and not all(map(_is_installed, modules))
    ]


def _is_installed(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def prepare(settings: Settings) -> Path | None:
    """Check the extras and the port; return the folder in which several workers count, made and emptied.

    The library reads its name from the environment when it is loaded. Raises ExtraMissing, FolderUnfit, CannotListen.
    """
    if missing := missing_extras(settings):
        raise ExtraMissing(missing[0])
    os.environ.pop(MULTIPROCESS, None)
    if settings.metrics_port is None:
        return None
    if settings.metrics_port == settings.port:
        raise CannotListen("INTEGRATION_API_METRICS_PORT must be another port than that of the API")
    _check_port(settings.metrics_host, settings.metrics_port)
    if settings.workers == 1:
        return None
    folder = settings.metrics_dir or _default_folder(settings.metrics_port)
    empty_folder(folder)
    os.environ[MULTIPROCESS] = str(folder)
    return folder


def empty_folder(folder: Path) -> None:
    """Make it, readable by this user only, and remove what processes before have counted. Raises FolderUnfit.

    Anybody may make a folder in `/dev/shm`. Whoever made it first would read the numbers, or choose them.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & _OTHERS:
        msg = f"{folder} must be a folder of this user that nobody else can enter (INTEGRATION_API_METRICS_DIR)"
        raise FolderUnfit(msg)
    for path in folder.glob("*.db"):
        path.unlink(missing_ok=True)


def _default_folder(port: int) -> Path:
    is_there = _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK)
    return (_MEMORY if is_there else Path(tempfile.gettempdir())) / f"integration-journal-{os.geteuid()}-{port}"


def _check_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as tried:
        try:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind((host, port))
        except OSError as error:
            msg = f"cannot listen on {host} port {port} for metrics: {error.strerror}"
            raise CannotListen(msg) from error
