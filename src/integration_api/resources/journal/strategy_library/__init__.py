"""The strategy library: coping strategies to start from, ours and the clinic's own."""
