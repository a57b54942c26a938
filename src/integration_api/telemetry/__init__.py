"""Telling of the running product: metrics for Prometheus, spans for OpenTelemetry. Nothing of a chart."""
