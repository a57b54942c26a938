"""Write the generated modules of the client from `openapi.json`: `make clients`."""

import argparse
import sys
from pathlib import Path

from generate_client.document import read_document
from generate_client.models import models
from generate_client.operations import codes, operations

PACKAGE = Path(__file__).parents[1] / "src" / "integration_journal"
MODULES = {"operations": operations, "codes": codes, "models": models}


def main() -> int:
    """Write the modules, or with `--check` say which of them is not what the document makes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; fail if a module would change")
    is_check = parser.parse_args().check
    document, behind = read_document(), []
    for name, make in MODULES.items():
        path, text = PACKAGE / f"{name}.py", make(document)
        if not path.exists() or path.read_text("utf-8") != text:
            behind.append(path.name)
            if not is_check:
                path.write_text(text, "utf-8")
    verb = "is not what openapi.json makes: run `make clients`" if is_check else "written"
    sys.stdout.write("".join(f"{name} {verb}\n" for name in behind))
    return 1 if is_check and behind else 0


if __name__ == "__main__":
    sys.exit(main())
