"""Build the container image and run it as the Compose file does, without Docker: `make image-drill`.

    python -m tests.drills.image [--base IMAGE@sha256:...]

Needs root, and Debian's packages buildah, debootstrap and haproxy. Without `--base` a stand-in for the official image
of Python is made of Debian's packages. The services of deploy/compose then run one after the other in the image: with
its user, without capabilities or new privileges, on a root that cannot be written, with their secrets as files. Their
PostgreSQL is the one of the tests, which asks for passwords; the proxy is the shipped configuration in front.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil

from tests.cli.test_compose import SERVICES, prepare, secrets_in
from tests.drills.slow import proxy
from tests.processes import ROOT, Child, enter_run, free_port, start
from tests.waiting import until
from tests.wheel import Cluster

TAG = "localhost/integration-journal-api:drill"
STAND_IN = "localhost/python-stand-in"
SEARCHED = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
FROM_HERE = ("/etc/pip.conf", "/etc/ssl/certs/ca-certificates.crt")
"""Files of this machine that say where packages come from; the build reads them, and the image does not get them."""
FORBIDDEN = (".git", "tests", "frontends", "deploy", "docs", "benchmarks", "pip", "requirements-dev.lock")
"""Names that nothing in /app or /venv has: the image has the sources and what they import, and no more."""
INSIDE = """
set -e
root=$1; shift
mount --bind "$root" "$root"
mount -t proc -o nosuid,nodev,noexec proc "$root/proc"
mount -t tmpfs -o nosuid,mode=755,size=64k tmpfs "$root/dev"
for name in null zero random urandom; do touch "$root/dev/$name"; mount --bind "/dev/$name" "$root/dev/$name"; done
mount -t tmpfs -o nosuid,nodev,noexec,mode=1777,size=256m tmpfs "$root/tmp"
while [ "$1" != -- ]; do
  mount --bind "$1" "$root$2"
  if [ "$3" = ro ]; then mount -o remount,ro,bind "$root$2"; fi
  shift 3
done
shift
mount -o remount,ro,bind "$root"
cd /
exec chroot "$root" setpriv --reuid 10001 --regid 10001 --clear-groups --inh-caps=-all --bounding-set=-all \\
  --no-new-privs env -i "$@"
"""
"""What a container engine does, by the programs of util-linux: mounts, then the user, then the command."""
PROBE = """
id -u; id -g
for place in /app /venv /; do if touch "$place/x" 2>/dev/null; then echo "wrote $place"; fi; done
touch /tmp/x /data/x && rm /data/x && echo "writes /tmp and /data"
grep -E '^(CapEff|CapBnd|NoNewPrivs)' /proc/self/status | tr -d '\\t'
"""


def tell(what: str, started: float | None = None) -> None:
    """Print one line of the report, with the seconds that it took."""
    took = "" if started is None else f" ({time.monotonic() - started:.1f} s)"
    sys.stdout.write(f"{what}{took}\n")
    sys.stdout.flush()


class Builder:
    """Buildah with a store of its own, which goes with its folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        places = ["--root", str(folder / "store"), "--runroot", str(folder / "run")]
        self._words = ["buildah", *places, "--storage-driver", "vfs"]  # no mounts that outlive the drill

    def __call__(self, *words: str) -> str:
        """Run one of its commands; the last line that it said."""
        env = {**os.environ, "BUILDAH_ISOLATION": "chroot"}
        ended = subprocess.run([*self._words, *words], capture_output=True, text=True, check=False, env=env, cwd=ROOT)
        if ended.returncode != 0:
            raise SystemExit(f"buildah {words[0]}: {ended.stdout[-2000:]}{ended.stderr[-2000:]}")
        return (ended.stdout.strip().splitlines() or [""])[-1]

    def stand_in(self) -> str:
        """An image of Debian with its own Python where the official one has it. Returns its name with its digest."""
        debian = self.folder / "debian"
        words = ["debootstrap", "--variant=minbase", "--include=python3,python3-venv,ca-certificates", "bookworm"]
        subprocess.run([*words, str(debian)], check=True, stdout=subprocess.DEVNULL)
        subprocess.run(["chroot", str(debian), "python3", "-m", "venv", "/usr/local"], check=True)
        made = self("from", "scratch")
        # Not shutil.copytree: it reads the devices of /dev as if they were files, and /dev/zero has no end.
        subprocess.run(["cp", "--archive", "--one-file-system", f"{debian}/.", self("mount", made)], check=True)
        shutil.rmtree(debian)
        self("umount", made)
        self("config", "--env", SEARCHED, made)
        self("commit", "--rm", "--quiet", made, STAND_IN)
        return f"{STAND_IN}@{self('images', '--format', '{{.Digest}}', STAND_IN)}"

    def image(self, base: str) -> Path:
        """Build the image on a base, by its Dockerfile. Returns the folder of its root."""
        volumes = [word for path in FROM_HERE if Path(path).exists() for word in ("--volume", f"{path}:{path}:ro")]
        revision = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=True, cwd=ROOT)
        arguments = ["--build-arg", f"BASE={base}", "--build-arg", f"REVISION={revision.stdout.strip()}"]
        self("build", "--format", "docker", "--tag", TAG, *arguments, *volumes, ".")
        label = self("inspect", "--format", '{{index .Docker.Config.Labels "org.opencontainers.image.revision"}}', TAG)
        assert label == revision.stdout.strip(), label
        return Path(self("mount", self("from", TAG)))


class Engine:
    """Runs commands in the root of an image, with the mounts and the settings of a service."""

    def __init__(self, root: Path, mounts: Mapping[str, tuple[Path, str]]) -> None:
        self._root, self._mounts = root, mounts
        for inside, (outside, _) in mounts.items():
            place = root / inside.lstrip("/")
            assert place.parent.resolve().is_relative_to(root.resolve()), f"{inside} leads out of the image"
            if outside.is_dir():
                place.mkdir(parents=True, exist_ok=True)
            else:
                place.parent.mkdir(parents=True, exist_ok=True)
                place.touch()

    def words(self, env: Mapping[str, str], *command: str) -> list[str]:
        """The command line that runs a command of the image."""
        mounts = [word for inside, (outside, mode) in self._mounts.items() for word in (str(outside), inside, mode)]
        given = {"PYTHONPATH": "/app/src", "PYTHONUNBUFFERED": "1", "INTEGRATION_API_DATA_DIR": "/data", **env}
        settings = [
            f"PATH=/venv/bin:{SEARCHED.partition('=')[2]}",
            *(f"{name}={value}" for name, value in given.items()),
        ]
        unshare = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--propagation", "private"]
        return [*unshare, "sh", "-c", INSIDE, "sh", str(self._root), *mounts, "--", *settings, *command]

    def run(self, env: Mapping[str, str], *command: str) -> str:
        """Run a command to its end; what it said. Ends the drill if it failed."""
        ended = subprocess.run(self.words(env, *command), capture_output=True, text=True, check=False)
        if ended.returncode != 0:
            raise SystemExit(f"{command}: {ended.returncode} {ended.stdout[-2000:]}{ended.stderr[-2000:]}")
        return ended.stdout


def environment(name: str) -> dict[str, str]:
    """The settings of a service, with an example in the place of what the operator fills in."""
    found: dict[str, str] = dict(SERVICES[name]["environment"])
    example = {"INTEGRATION_API_PUBLIC_URL": "https://localhost", "INTEGRATION_API_PASSKEY_RP_ID": "localhost"}
    found |= {key: example.get(key, "https://localhost") for key, value in found.items() if value.startswith("${")}
    found.pop("INTEGRATION_API_DOCS", None)
    return found


def mounts_of(name: str, secrets: Path, data: Path, socket: Path) -> dict[str, tuple[Path, str]]:
    """What a service is given: its secrets, the socket of the database, the volume of attachments.

    The socket is named where it lies: /var/run is a link to /run, which out here would lead to this machine's own.
    """
    found = {f"/run/secrets/{secret}": (secrets / secret, "ro") for secret in SERVICES[name]["secrets"]}
    return {**found, "/data": (data, "rw"), "/run/postgresql/.s.PGSQL.5432": (socket / ".s.PGSQL.5432", "ro")}


def of_the_root(root: Path) -> list[str]:
    """What is in the image that does not belong there."""
    return [
        str(path.relative_to(root))
        for place in (root / "app", root / "venv" / "lib")
        for path in (place, *place.glob("*"), *place.glob("*/*"), *place.glob("*/*/*"))
        if path.name in FORBIDDEN and "integration_api" not in path.parts
    ]


@contextmanager
def served(engine: Engine, port: int) -> Iterator[Child]:
    """The service `api`, on a port of this machine's loopback."""
    env = {**environment("api"), "INTEGRATION_API_HOST": "127.0.0.1", "INTEGRATION_API_PORT": str(port)}
    env["INTEGRATION_API_TRUSTED_PROXIES"] = "127.0.0.1/32"
    started = time.monotonic()
    running = start(
        "program", engine.words(env, "python", "-m", "integration_api", *SERVICES["api"]["command"]), os.environ
    )
    try:
        until(lambda: is_ready(running, port), "the image to be ready")
        tell("api: ready", started)
        yield running
    finally:
        running.kill()


def is_ready(running: Child, port: int) -> bool:
    """Whether it may be balanced to. Raises if it ended."""
    assert running.poll() is None, "the image ended"
    try:
        return httpx.get(f"http://127.0.0.1:{port}/health/ready", timeout=5).status_code == 200
    except httpx.TransportError:
        return False


def stopped(running: Child, port: int) -> float:
    """Ask the server of the image to stop, as an engine does, and return the seconds until it had ended."""
    found = [process.pid for process in psutil.Process(running.pid).children(recursive=True)]
    started = time.monotonic()
    for number in found[:1]:
        os.kill(number, signal.SIGTERM)

    def is_gone() -> bool:
        try:
            httpx.get(f"http://127.0.0.1:{port}/health/live", timeout=5)
        except httpx.TransportError:
            return True
        return False

    until(is_gone, "the image to end")
    return time.monotonic() - started


def drill(base: str | None, folder: Path) -> int:
    """Build, look, run. Returns the exit code."""
    started = time.monotonic()
    build = Builder(folder)
    base = base or build.stand_in()
    tell(f"base: {base}", started)
    started = time.monotonic()
    root = build.image(base)
    tell("image: built", started)
    wrong = of_the_root(root)
    secrets, data = folder / "secrets", folder / "data"
    data.mkdir(mode=0o700)
    os.chown(data, 10001, 10001)
    secrets_in(secrets)
    cluster = Cluster("listen_addresses=")
    try:
        socket = prepare(cluster, secrets)
        probed = Engine(root, mounts_of("api", secrets, data, socket)).run({}, "sh", "-c", PROBE)
        expected = "10001 10001 writes /tmp and /data CapBnd:0000000000000000 CapEff:0000000000000000 NoNewPrivs:1"
        wrong += [] if sorted(probed.split()) == sorted(expected.split()) else [probed]
        for name in ("migrate", "grant"):
            started = time.monotonic()
            engine = Engine(root, mounts_of(name, secrets, data, socket))
            said = engine.run(environment(name), "python", "-m", "integration_api", *SERVICES[name]["command"])
            tell(f"{name}: {said.strip().splitlines()[-1]}", started)
        port = free_port()
        engine = Engine(root, mounts_of("api", secrets, data, socket))
        with served(engine, port) as running, proxy(port) as (outside, context):
            answer = httpx.get(f"https://localhost:{outside}/version", verify=context, timeout=10)
            tell(f"proxy: {answer.status_code} {answer.json()}")
            wrong += [] if "strict-transport-security" in answer.headers else ["no HSTS"]
            tell(f"api: ended {stopped(running, port):.1f} s after SIGTERM")
    finally:
        cluster.remove()
    for line in wrong:
        tell(f"wrong: {line}")
    tell(
        "nothing in the image but sources, migrations and what they import"
        if not wrong
        else "the image is not as it must be"
    )
    return int(bool(wrong))


def main(arguments: list[str]) -> int:
    """Run the drill. Returns the exit code."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--base", help="an image of Python 3.11 by its digest; default: a stand-in made here")
    asked = parser.parse_args(arguments)
    if os.geteuid() != 0:
        raise SystemExit("the drill builds and mounts images: run it as root")
    enter_run()
    folder = Path(tempfile.mkdtemp(prefix="image"))
    folder.chmod(0o711)
    return drill(asked.base, folder)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
