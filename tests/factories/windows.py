"""Altered-state windows for tests."""

from integration_api.resources.people.clinics.rules import POLICY_DEFAULTS

_MINUTES = "altered_state_minutes_"
WITH_WINDOW = "sc"
"""The one route whose dose opens a window: no scene gives it by itself."""
WITHOUT_WINDOWS = {name: 0 for name in POLICY_DEFAULTS if name.startswith(_MINUTES) and not name.endswith(WITH_WINDOW)}
"""Policies by which doses of this moment hold no step of their patient, but for that route."""
