"""Protections on hostile and unlucky days: lost commits, barred emergencies, texts, ambiguous requests, typing."""

from tests.mutants.changes import Drop, Replace, Return, Skip
from tests.mutants.mutant import EMERGENCIES, mutant

COMMITS, TEXTS = "tests/storage/test_postgres_commits.py", "tests/web/test_texts.py"
AMBIGUITY, CURSORS = "tests/web/test_ambiguity.py", "tests/web/test_cursors.py"
PORT, REFUSALS = "tests/server/test_on_a_port.py", "tests/cli/test_refusals.py"
MOVED, TYPING = "tests/access/test_moved_credentials.py", "tests/resources/people/test_typing.py"
SIGN_IN, OPENING = "resources/people/sign_in/", "resources/people/emergencies/service.py"
WITHOUT_COMMIT = (
    "SELECT set_config('default_transaction_isolation', 'read committed', false), "
    "current_setting('integration_api.backend', true) AS backend"
)
"""The first query of a connection, which leaves `synchronous_commit` as the database has it."""

UNLUCKY = (
    mutant(
        "requests that arrive together are begun in one turn",
        "server/admission.py",
        "Turns.begin",
        Replace("self._begun < self._most", "True"),
        "tests/server/test_admission.py",
    ),
    mutant(
        "those who connect at once are accepted one a turn",
        "server/workers.py",
        "listen",
        Replace("range(MAX_ACCEPTED_TOGETHER - 1)", "range(0)"),
        "tests/server/test_workers.py",
    ),
    mutant(
        "the results of a large batch are given in one turn",
        "storage/batching.py",
        "Batches._run_batch",
        Replace("at % ANSWERED_TOGETHER == 0", "False"),
        "tests/storage/test_batching.py",
    ),
    # ── a commit that may be lost, a connection that was ended ──
    mutant(
        "a commit that ends with a warning is a success",
        "storage/postgres.py",
        "PostgresDriver._commit.watched",
        Skip("DatabaseDown"),
        COMMITS,
        needs_postgresql=True,
    ),
    mutant(
        "the database says whether a commit waits for the disk",
        "storage/postgres_url.py",
        "open_connection",
        Replace("_BEGIN", f'"{WITHOUT_COMMIT}"'),
        COMMITS,
        needs_postgresql=True,
    ),
    mutant(
        "a connection of unknown state is used again",
        "storage/postgres.py",
        "PostgresDriver._run",
        Replace("not isinstance(ours, DatabaseDown)", "True"),
        COMMITS,
        needs_postgresql=True,
    ),
    # ── emergencies ──
    mutant(
        "two emergencies of one person run side by side",
        OPENING,
        "open_emergency_access",
        Skip("EmergencyOpened"),
        EMERGENCIES,
    ),
    mutant(
        "an emergency that was none bars no other",
        OPENING,
        "open_emergency_access",
        Skip("EmergencyBarred"),
        EMERGENCIES,
    ),
    mutant(
        "an emergency that was none goes on", OPENING, "review_emergency_access", Skip("end_membership"), EMERGENCIES
    ),
    mutant(
        "a privacy officer lifts their own bar", OPENING, "lift_emergency_bar", Skip("NotYourOwnEmergency"), EMERGENCIES
    ),
    # ── texts ──
    mutant("twenty dots are a name and a reason", "core/texts.py", "has_letter_or_digit", Return("True"), TEXTS),
    mutant("a name runs in another direction", "core/texts.py", "is_one_line", Return("True"), TEXTS),
    mutant("an address hides characters", "core/texts.py", "hides_nothing", Return("True"), TEXTS),
    # ── rows that decide access ──
    mutant("a passkey's key is put in by hand", "access/bindings.py", "COVERED", Drop("public_key"), MOVED),
    mutant("a reset's code is put in by hand", "access/bindings.py", "COVERED", Drop("code_digest"), MOVED),
    mutant("an invitation becomes a reset by hand", "access/bindings.py", "COVERED", Drop("is_reset"), MOVED),
    mutant(
        "a recovery code is good for any account",
        SIGN_IN + "second_factors.py",
        "code_digest",
        Replace("f'{account_id} {normal_code(code)}'", "normal_code(code)"),
        MOVED,
    ),
    mutant(
        "a ledger row that was dated back is no finding",
        "ledger/verify.py",
        "_Walk._check_row",
        Skip("isoformat"),
        "tests/ledger/test_sealing_window.py",
    ),
    # ── ambiguous requests ──
    mutant("one of two hosts is taken", "server/wire.py", "_SINGLE", Drop("Host"), AMBIGUITY),
    mutant(
        "one of two values of a parameter is taken", "web/endpoint.py", "check_given_once", Return("None"), AMBIGUITY
    ),
    mutant(
        "a path holds a slash that is written as a code",
        "web/routing.py",
        "_REFUSED_CODES",
        Replace("_NEEDLESS + _NEVER", "_NEEDLESS"),
        AMBIGUITY,
    ),
    mutant("a cursor is good for any list", "web/paging.py", "bound_key", Drop("list_name"), CURSORS),
    mutant(
        "a cursor is good for any filters",
        "web/paging.py",
        "bound_key",
        Replace("sorted(filters.items())", "()"),
        CURSORS,
    ),
    mutant(
        "a body goes on for ever after its 413",
        "server/wire.py",
        "_drain",
        Replace("drained < MAX_DRAINED_BYTES", "True"),
        PORT,
    ),
    mutant("the connection of a 413 stays open", "server/wire.py", "_tagged", Skip("append"), PORT),
    # ── what an operator is told ──
    mutant("a newer schema is migrated", "storage/migrations.py", "why_not_migratable", Return("None"), REFUSALS),
    mutant(
        "a broken file is told as an unreachable server",
        "cli/main.py",
        "_sentence",
        Replace("not isinstance(error, DatabaseUnfit)", "True"),
        REFUSALS,
    ),
    mutant("a folder that cannot be written is not named", "cli/main.py", "_sentence", Skip("strerror"), REFUSALS),
    # ── what a person types ──
    mutant("blanks around an address are part of it", SIGN_IN + "schemas.py", "Email", Drop("BeforeValidator"), TYPING),
    mutant(
        "gaps in an app's code make it another",
        SIGN_IN + "codes.py",
        "app_code",
        Replace("_without(text, _DASHES)", "text"),
        TYPING,
    ),
    mutant(
        "digits of another keyboard are none",
        SIGN_IN + "codes.py",
        "app_code",
        Replace("unicodedata.decimal(character, character)", "character"),
        TYPING,
    ),
    mutant(
        "gaps in a recovery code make it another",
        SIGN_IN + "rules.py",
        "normal_code",
        Drop("isalnum"),
        TYPING,
    ),
    mutant(
        "blanks around an invitation's code are part of it",
        SIGN_IN + "codes.py",
        "copied_code",
        Replace("_without(text)", "text"),
        TYPING,
    ),
)
