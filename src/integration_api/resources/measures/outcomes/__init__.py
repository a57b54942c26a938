"""Outcomes of a clinic: what scores did after doses, as numbers over enough people."""
