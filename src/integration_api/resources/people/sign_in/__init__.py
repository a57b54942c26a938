"""Sign-in, the next access token, and a fresh proof of who you are."""
