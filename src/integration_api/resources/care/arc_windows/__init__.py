"""Windows of the integration arc: when to ask after a dose, by the clinic's protocol. One is answered, missed, or ended."""
