"""Search: finding words in one chart, over what the caller may see."""
