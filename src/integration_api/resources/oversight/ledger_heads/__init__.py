"""The signed head of the clinic's ledger, to be kept elsewhere: it shows later that nothing was cut off."""
