"""`python -m scaffold new NAME AREA [ONE]` and `python -m scaffold check NAME`."""

import sys

from scaffold.new import ROOT, Names, Refused, write


def main(words: list[str]) -> int:
    """Run one of the two commands; return the exit code: 0 done, 1 something is lacking, 2 not understood."""
    match words:
        case ["new", many, area, *one] if len(one) <= 1:
            return _new(area, many, *one)
        case ["check", many]:
            return _check(many)
    print("usage: make new-resource NAME=medicines AREA=care [ONE=medicine] | make check-resource NAME=medicines")
    return 2


def _new(area: str, many: str, one: str = "") -> int:
    try:
        written = write(ROOT, Names.of(area, many, one))
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    for path in written:
        print(path.relative_to(ROOT))
    print(
        "\nNext: its sentence in __init__.py, who may in operations.py, its fields (tables, migration, schemas, "
        "statements, scene, test), its rules in service.py, and its line in CHANGELOG.md. Then ask what is missing: "
        f"make check-resource NAME={many}"
    )
    return 0


def _check(many: str) -> int:
    from integration_api.resources.register import RESOURCES  # noqa: PLC0415  `new` works on a tree that cannot start
    from scaffold.rules import RULES, lacks  # noqa: PLC0415  as above

    found = [resource for resource in RESOURCES if resource.name == many]
    if not found:
        print(f"`{many}` is not in the register, src/integration_api/resources/register.py", file=sys.stderr)
        return 1
    missing = lacks(found[0])
    for rule in RULES:
        mine = [text for other, text in missing if other is rule]
        print(f"{'lacks' if mine else 'has  '}  {rule.name:<12} {rule.page}")
        for text in mine:
            print(f"         {text}")
    return 1 if missing else 0


sys.exit(main(sys.argv[1:]))
