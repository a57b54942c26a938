"""Protections of lists: when things happened, what counts as a reading, and what a row shows."""

from tests.mutants.changes import Drop, Replace, Return, Skip
from tests.mutants.mutant import TRACES, mutant

CLAIMED = "tests/resources/test_claimed_times.py"
LISTS = "tests/resources/journal/test_reflection_lists.py"
TIMELINE = "tests/resources/views/test_timeline.py"
NOTES, PLANS = "resources/journal/notes/", "resources/journal/plans/"
REFLECTIONS, VIEW = "resources/journal/reflections/", "resources/views/timeline/"
READ = "sa.func.coalesce(_reflections.c.first_read_at, param('now', _reflections.c.first_read_at))"

LISTING = (
    mutant("a list of charts leaves no trace", "access/chart_lists.py", "list_charts", Skip("record_list"), TRACES),
    # ── when it happened ──
    mutant(
        "a chart's reflections run by arrival",
        REFLECTIONS + "statements.py",
        "LIST_REFLECTIONS",
        Replace("'happened_at'", "'created_at'"),
        CLAIMED,
    ),
    mutant(
        "a team's reflections run by arrival",
        REFLECTIONS + "statements.py",
        "LIST_TEAM_REFLECTIONS",
        Replace("'happened_at'", "'created_at'"),
        CLAIMED,
    ),
    mutant(
        "reflections are filtered by arrival",
        REFLECTIONS + "statements.py",
        "_filters",
        Replace("_reflections.c.happened_at", "_reflections.c.created_at"),
        CLAIMED,
    ),
    mutant(
        "the cursor of reflections goes by arrival",
        REFLECTIONS + "lists.py",
        "_position",
        Return("(row.created_at, row.id)"),
        CLAIMED,
    ),
    mutant(
        "notes run by arrival",
        NOTES + "statements.py",
        "LIST_NOTES",
        Replace("'happened_at'", "'created_at'"),
        CLAIMED,
    ),
    mutant(
        "a note stands where its device's clock says",
        NOTES + "service.py",
        "create_note",
        Replace("credible_time(body.captured_at, work.now)", "body.captured_at or work.now"),
        CLAIMED,
    ),
    mutant(
        "a corrected time does not move a draft",
        NOTES + "service.py",
        "merged",
        Skip("happened_at"),
        CLAIMED,
    ),
    mutant(
        "a rehearsal counts as its device's clock says",
        PLANS + "strategies.py",
        "_rehearsal_time",
        Return("rehearsed_at"),
        CLAIMED,
    ),
    mutant(
        "the timeline forgets the time asked for",
        VIEW + "arm_statements.py",
        "arm",
        Drop("happened_from", "happened_to"),
        TIMELINE,
    ),
    mutant(
        "the timeline forgets the kinds asked for", VIEW + "arm_statements.py", "arm", Drop("shows_", "type_"), TIMELINE
    ),
    # ── what counts as a reading ──
    mutant(
        "a summary decrypts the text",
        REFLECTIONS + "statements.py",
        "LIST_SUMMARIES",
        Drop("without"),
        LISTS,
    ),
    mutant(
        "the ledger calls a summary a reading",
        REFLECTIONS + "lists.py",
        "list_reflections",
        Drop("event", "REFLECTION_SUMMARIES_LISTED"),
        LISTS,
    ),
    mutant(
        "a list of no replies is a reading",
        REFLECTIONS + "replies.py",
        "list_reflection_replies",
        Replace("found.items", "True"),
        LISTS,
    ),
    mutant(
        "replies are shown without a reading",
        REFLECTIONS + "replies.py",
        "list_reflection_replies",
        Skip("seen"),
        LISTS,
    ),
    mutant(
        "staff answer what they have not read",
        REFLECTIONS + "reply_statements.py",
        "COUNT_REPLY",
        Replace(f"(_is_staff, {READ})", f"(sa.false(), {READ})"),
        "tests/resources/journal/test_reflection_replies.py",
    ),
    mutant(
        "a patient's own reply is a reading by staff",
        REFLECTIONS + "reply_statements.py",
        "COUNT_REPLY",
        Replace(f"(_is_staff, {READ})", f"(sa.true(), {READ})"),
        LISTS,
    ),
    mutant("a reply is not counted", REFLECTIONS + "replies.py", "reply_reflection", Skip("COUNT_REPLY"), LISTS),
    mutant(
        "the timeline shows words that no staff has read",
        VIEW + "statements.py",
        "TITLES",
        Drop("is_read"),
        TIMELINE,
    ),
    # ── tags ──
    mutant(
        "a search shows what is private",
        REFLECTIONS + "statements.py",
        "SEARCH_REFLECTIONS",
        Drop("readable"),
        LISTS,
    ),
    mutant(
        "a tag that was taken out is still found",
        REFLECTIONS + "tags.py",
        "keep_tags",
        Skip("DELETE_TAGS"),
        LISTS,
    ),
    mutant(
        "equal tags of two charts have one token",
        "storage/vault.py",
        "DataKey.blind_index",
        Replace("self._key", "b'one key for all'"),
        LISTS,
    ),
    mutant("a search forgets its chart", REFLECTIONS + "lists.py", "search_reflections", Skip("Invalid"), LISTS),
)
