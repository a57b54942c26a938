"""REMS monitoring forms of esketamine sessions: filled from the record, with what is missing; the clinic sends them."""
