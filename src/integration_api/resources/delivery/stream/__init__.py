"""The live stream: the change feed as server-sent events, a second or two after the commit."""
