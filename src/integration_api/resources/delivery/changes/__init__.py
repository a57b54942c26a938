"""The change feed: what has changed among what you may see, since you last asked. Ids and words, never content."""
