"""What we want, and below what a change does not land."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Goal:
    """A ratio, ours to theirs: the goal and the floor. `is_latency`: of the 99th percentile, where less is better."""

    against: str
    workloads: tuple[str, ...]
    connections: int
    goal: float
    floor: float
    is_latency: bool = False

    def verdict(self, ratio: float) -> str:
        """How the ratio stands."""
        reached, held = (
            (ratio <= self.goal, ratio <= self.floor) if self.is_latency else (ratio >= self.goal, ratio >= self.floor)
        )
        return "goal" if reached else "floor held" if held else "BELOW FLOOR"


_THREE = ("W1", "W2", "W3")
GOALS = (
    Goal("a_free", _THREE, 16, 1.0, 0.5),
    Goal("a_free", _THREE, 64, 1.5, 0.6),
    Goal("python", ("W1", "W2"), 64, 20, 8),
    Goal("python", ("W3",), 64, 20, 5),
    Goal("fastify", _THREE, 64, 3, 1.2),
    Goal("a_free", _THREE, 64, 0.5, 1.5, is_latency=True),
)
"""`python` is the best peer written in Python, by workload."""

TRIPS = {"W1": (1, 4), "W2": (1, 2), "W3": (1, 2), "W4": (1, 2)}
"""Database round trips for each request: goal and the most that may land."""

MEMORY_MB = (55, 90)
"""Of the first worker: goal and the most that may land."""
