"""Windows of the integration arc: when a patient is asked after a dose, by the clinic's protocol."""
