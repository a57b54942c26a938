"""What both Django peers have in common: settings, models, and what is done with them."""
