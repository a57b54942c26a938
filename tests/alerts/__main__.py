"""Check alerts and dashboards with Prometheus's own tools, and make the alerts fire. Run by `make check-alerts`."""

import sys

from tests.alerts.dashboards import ALERTS, DASHBOARDS, faults, query_faults
from tests.alerts.fired import NOT_HERE, all_alerts, fired, promtool, told
from tests.processes import ROOT, enter_run


def main() -> int:
    """Print what was found. Returns the exit code."""
    enter_run()
    found = [f"{path.name}: {fault}" for path in DASHBOARDS for fault in faults(path)] + query_faults()
    for words in (
        ("check", "rules", str(ALERTS)),
        ("test", "rules", str(ROOT / "tests" / "alerts" / "alerts.test.yml")),
    ):
        said = promtool(*words)
        print(f"promtool {' '.join(words[:2])}: {'ok' if said.returncode == 0 else 'FAILED'}")
        found += (said.stdout + said.stderr).splitlines() if said.returncode else []
    for line in found:
        print(line)
    if found:
        return 1
    seen = fired()
    print(told(seen))
    return int(bool(set(all_alerts()) - seen - NOT_HERE.keys()))


if __name__ == "__main__":
    sys.exit(main())
