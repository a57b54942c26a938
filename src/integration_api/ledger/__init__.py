"""What happened: the append-only record that every read and change of the product writes."""
