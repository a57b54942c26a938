"""The operation of the chart's screen."""

from integration_api.access.operations import TEAM, Operation

READ_CHART = Operation("chart:read", "chart.read", TEAM)
