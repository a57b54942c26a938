"""Where records of a chart came from that were imported out of another system's files."""
