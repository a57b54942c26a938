"""What the process knows of its backups: when the last one was made, and when one was last checked."""
