"""What processes used, from `/proc`: CPU time and memory, of a process and everything under it."""

import os
from dataclasses import dataclass
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
_PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Usage:
    """Seconds of CPU."""

    seconds: float

    def since(self, before: "Usage") -> float:
        """How many more."""
        return self.seconds - before.seconds


def _stat(pid: int) -> list[str] | None:
    try:
        return (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None


def tree(root: int) -> list[int]:
    """The process and all its descendants that live."""
    children: dict[int, list[int]] = {}
    for entry in _PROC.iterdir():
        if entry.name.isdigit() and (found := _stat(int(entry.name))) is not None:
            children.setdefault(int(found[1]), []).append(int(entry.name))
    wanted, pids = [root], []
    while wanted:
        pid = wanted.pop()
        pids.append(pid)
        wanted += children.get(pid, [])
    return pids


def usage(root: int) -> Usage:
    """CPU of a process, its descendants, and those of them that have ended."""
    ticks = 0
    for pid in tree(root):
        found = _stat(pid)
        if found is not None:
            ticks += sum(int(value) for value in found[11:15])
    return Usage(ticks / _TICK)


def memory_mb(root: int) -> float:
    """Proportional set size of a process and its descendants."""
    kib = 0
    for pid in tree(root):
        try:
            text = (_PROC / str(pid) / "smaps_rollup").read_text()
        except OSError:
            continue
        kib += sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))
    return kib / 1024


def load_average() -> str:
    """Of the last minute, and how long processes waited for a CPU in the last ten seconds."""
    try:
        pressure = (_PROC / "pressure" / "cpu").read_text().split()[1]
    except OSError:
        pressure = "avg10=?"
    return f"{os.getloadavg()[0]:.1f}, pressure {pressure}"
