"""The patient's export: their whole chart as one file that opens without this product, asked for by them alone."""
