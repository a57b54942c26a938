"""Research studies: the name that patients are told, and the key of the pseudonyms of its exports."""
