"""Backups as far as the process knows of them: the last one that was made, and the last check of one."""
