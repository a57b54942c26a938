"""Records of other systems: files are read by a mapping, compared with the clinic, and put in a chart at a time."""
