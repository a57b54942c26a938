"""Operations on trajectories."""

from integration_api.access.operations import PATIENT, TEAM, Operation

READ_TRAJECTORY = Operation("trajectory:read", "trajectory.read", PATIENT | TEAM)
DRAW_TRAJECTORY = Operation("trajectory:draw", "trajectory.drawn", PATIENT | TEAM)
