"""Install what the peers need, each in a folder of its own: `python -m benchmarks.peers.install`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

PEERS = Path(os.environ.get("BENCH_PEERS", "/tmp/bench-peers"))  # noqa: S108  as in `variants`


def install(peer: Path) -> bool:
    """Whether this peer has packages of its own, and now has them, as its lock file says. Raises CalledProcessError."""
    place = PEERS / peer.name
    if (peer / "requirements.lock").exists():
        subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
        pip = [str(place / "bin" / "python"), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        subprocess.run([*pip, "--require-hashes", "-r", str(peer / "requirements.lock")], check=True)
        return True
    if (peer / "package-lock.json").exists():
        place.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(peer / name, place)
        subprocess.run(["npm", "ci", "--silent"], cwd=place, check=True)
        return True
    return False


def main() -> None:
    """All of them; one that cannot be installed is left out of the comparison, and said."""
    for file in sorted(Path(__file__).parent.glob("*/peer.json")):
        try:
            if install(file.parent):
                print(f"{file.parent.name}: installed in {PEERS / file.parent.name}")
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"{file.parent.name}: not installed, {error}")


if __name__ == "__main__":
    main()
