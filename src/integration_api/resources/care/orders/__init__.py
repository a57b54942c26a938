"""Orders: the route, range and number of sessions for which a prescriber authorises doses, until when."""
