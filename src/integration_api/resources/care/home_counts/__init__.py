"""Home counts: what patients were given for home, counts of what is left, and refills asked for with them."""
