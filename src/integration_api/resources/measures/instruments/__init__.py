"""Instruments: the definitions of scored questionnaires as data, without their official wording."""
