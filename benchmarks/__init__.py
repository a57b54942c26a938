"""What this product costs: a workload, the limit that hardware and database set, peers, and the ratios between them."""
