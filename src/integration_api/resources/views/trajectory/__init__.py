"""Trajectories: the scores of a chart over time beside its doses, as numbers and as a drawing."""
