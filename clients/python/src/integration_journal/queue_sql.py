"""The tables of the offline queue, and its longer statements."""

from integration_journal.entries import COLUMNS

LAYOUT = 1
SCHEMA = f"""
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS entries (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    account_id TEXT NOT NULL,
    clinic_id TEXT,
    operation TEXT NOT NULL,
    method TEXT NOT NULL,
    path TEXT NOT NULL,
    base_version TEXT,
    on_conflict TEXT,
    body BLOB,
    thing TEXT,
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'needs_you', 'kept_both')),
    tries INTEGER NOT NULL DEFAULT 0,
    due_at REAL NOT NULL DEFAULT 0,
    problem BLOB
);
CREATE INDEX IF NOT EXISTS entries_of_account ON entries (account_id, state, position);
CREATE INDEX IF NOT EXISTS entries_about ON entries (thing, account_id);
CREATE TABLE IF NOT EXISTS bases (
    entry INTEGER NOT NULL REFERENCES entries (position) ON DELETE CASCADE,
    base INTEGER NOT NULL REFERENCES entries (position) ON DELETE CASCADE,
    PRIMARY KEY (entry, base)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS bases_of ON bases (base);
PRAGMA user_version = {LAYOUT};
COMMIT;
"""
IS_FREE = "NOT EXISTS (SELECT 1 FROM bases WHERE bases.entry = entries.position)"
BUILDS_ON = "position IN (SELECT entry FROM bases JOIN entries b ON b.position = base WHERE b.key = :key)"
INSERT = """
INSERT INTO entries (key, account_id, clinic_id, operation, method, path, base_version, on_conflict, body, thing)
VALUES (:key, :account, :clinic, :operation, :method, :path, :base_version, :on_conflict, :body, :thing)
ON CONFLICT (key) DO NOTHING RETURNING position
"""
INSERT_BASE = """
INSERT INTO bases SELECT :entry, position FROM entries
WHERE thing = :thing AND account_id = :account AND state <> 'kept_both' AND position < :entry
ORDER BY position DESC LIMIT 1
"""
DUE = f"""
SELECT {COLUMNS} FROM entries WHERE account_id = :account
AND (clinic_id IS NULL OR :clinic IS NULL OR clinic_id = :clinic) AND state = 'waiting' AND {IS_FREE}
AND (:is_now OR due_at <= :now OR due_at > :now + :longest) ORDER BY position LIMIT :limit
"""  # noqa: S608  constants
