"""What waits for somebody, and what somebody was told."""
