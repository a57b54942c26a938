"""The inbox of a patient: proposals, answers and replies of the care team, with read marks."""
