"""The clinic: the tenant that owns everything else, its hours, time zone, country and policies."""
