"""Load with `wrk`: closed loop, one thread, keep-alive connections, the requests of a targets file in turn."""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_SCRIPT = """
local requests, at = {}, 0
function init(args)
  for line in io.lines(args[1]) do
    local fields = {}
    for field in line:gmatch("[^\\t]+") do fields[#fields + 1] = field end
    local headers = {["Authorization"] = "Bearer " .. fields[3]}
    local body = nil
    if fields[4] ~= "-" then headers["If-Match"] = fields[4] end
    if fields[5] ~= "-" then
      body = fields[5]
      headers["Content-Type"] = "application/json"
    end
    requests[#requests + 1] = wrk.format(fields[1], fields[2], headers, body)
  end
end
function request()
  at = at % #requests + 1
  return requests[at]
end
function done(summary, latency, _)
  local e = summary.errors
  io.write(string.format(
    '\\nRESULT {"requests":%d,"microseconds":%d,"p50":%d,"p99":%d,"most":%d,"not_2xx":%d,"broken":%d}\\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), latency.max,
    e.status, e.connect + e.read + e.write + e.timeout))
end
"""


@dataclass(frozen=True, slots=True)
class Load:
    """What one run of `wrk` saw. `not_2xx` counts answers of 400 and above, `broken` lost connections and timeouts."""

    requests: int
    seconds: float
    p50_ms: float
    p99_ms: float
    most_ms: float
    not_2xx: int
    broken: int

    @property
    def rps(self) -> float:
        """Answers a second."""
        return self.requests / self.seconds


def load(url: str, targets: Path, connections: int, seconds: float, cores: Sequence[int] = ()) -> Load:
    """Ask for some seconds. Raises RuntimeError where `wrk` is missing or fails."""
    program = shutil.which("wrk")
    if program is None:
        msg = "wrk is not on the PATH"
        raise RuntimeError(msg)
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(_SCRIPT)
        script.flush()
        process = subprocess.Popen(
            [
                program,
                "-t1",
                f"-c{connections}",
                f"-d{max(1, round(seconds))}s",
                "--timeout",
                "30s",
                "-s",
                script.name,
                url,
                "--",
                str(targets),
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        if cores:
            os.sched_setaffinity(process.pid, cores)
        said, _ = process.communicate(timeout=seconds + 90)
    line = next((line for line in said.splitlines() if line.startswith("RESULT ")), None)
    if line is None:
        raise RuntimeError(said[-500:])
    found = json.loads(line.removeprefix("RESULT "))
    return Load(
        requests=found["requests"],
        seconds=found["microseconds"] / 1e6,
        p50_ms=found["p50"] / 1000,
        p99_ms=found["p99"] / 1000,
        most_ms=found["most"] / 1000,
        not_2xx=found["not_2xx"],
        broken=found["broken"],
    )
