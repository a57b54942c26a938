"""The protocol of a clinic: when it asks after a dose, and what. The items of check-ins are part of the product."""
