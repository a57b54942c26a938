"""The head of the ledger; `ledger_view.py` seals what was recorded."""

from tests.scene.requests import reads

reads("read_ledger_head", "auditor", "/ledger-head")
