"""The log of disclosures: who outside the clinic was given what of a chart, when and why."""
