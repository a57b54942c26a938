"""One's own sign-ins, on whatever devices they are."""
