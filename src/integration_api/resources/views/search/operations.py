"""Operations of search."""

from integration_api.access.operations import PATIENT, TEAM, Operation

SEARCH_CHART = Operation("chart:search", "chart.searched", PATIENT | TEAM)
"""`/patients/{patient_id}/search`."""
