"""Protections of the PDF: what it may take, what it is told, and that nothing of it stops an export."""

from tests.mutants.changes import Replace, Skip
from tests.mutants.mutant import mutant

_ROOM = "resources/oversight/exports/"
_PRINTERS = "tests/resources/oversight/test_printers.py"
_MARKUP = "tests/resources/oversight/test_typst_markup.py"

PRINTING = (
    mutant(
        "a PDF takes all memory of the machine",
        _ROOM + "print_process.py",
        "bound",
        Replace("(resource.RLIMIT_AS, memory_bytes)", "(resource.RLIMIT_CORE, 0)"),
        _PRINTERS,
    ),
    mutant(
        "the process that makes a PDF writes files",
        _ROOM + "print_process.py",
        "bound",
        Replace("(resource.RLIMIT_FSIZE, 0)", "(resource.RLIMIT_CORE, 0)"),
        _PRINTERS,
    ),
    mutant(
        "the process that makes a PDF knows the server's keys",
        _ROOM + "printers.py",
        "Printer._run",
        Replace("_environment()", "None"),
        _PRINTERS,
    ),
    mutant(
        "a PDF may have any size",
        _ROOM + "printers.py",
        "Printer.print",
        Replace("len(made) > self.pdf_bytes", "False"),
        _PRINTERS,
    ),
    mutant(
        "a failed PDF fails the export",
        _ROOM + "chart_exports.py",
        "_Export.write_pdf",
        Replace("NotPrinted", "LookupError"),
        _PRINTERS,
    ),
    mutant(
        "nobody is told why there is no PDF",
        _ROOM + "rules.py",
        "left_out",
        Replace("missing.get(kind)", "missing.get(kind) and kind not in PDF_KINDS"),
        _PRINTERS,
    ),
    mutant(
        "letters that no font has become their names",
        _ROOM + "print_process.py",
        "printed",
        Skip("check_signs", "found"),
        _PRINTERS,
    ),
    mutant(
        "what people wrote is a program of Typst",
        _ROOM + "typst_markup.py",
        "literal",
        Replace("text.replace('\\\\', '\\\\\\\\')", "text"),
        _MARKUP,
    ),
)
