"""The timeline: everything that happened in one chart, newest first."""
