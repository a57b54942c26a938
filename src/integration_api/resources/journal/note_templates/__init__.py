"""Note templates: the sections that a clinic wants in a note, beside the formats that come with the product."""
