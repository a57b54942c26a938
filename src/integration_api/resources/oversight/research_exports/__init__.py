"""Research exports: structured data of who consented to research, under pseudonyms, with dates shifted."""
