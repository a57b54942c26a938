"""Two charts of one clinic whose texts tell whose they are."""

from dataclasses import dataclass

from tests.matrix.looking import MARKS, PEOPLE
from tests.scene import Scene
from tests.support import Person, World

BORN = ("1971-02-03", "1972-03-04")


@dataclass
class Charts:
    """The charts, and the people of the first one by what they are to it."""

    own: Scene
    other: Scene
    people: dict[str, Person]

    @classmethod
    async def build(cls, world: World) -> "Charts":
        """Plant both."""
        own, other = [await Scene.build(world, mark, born) for mark, born in zip(MARKS, BORN, strict=False)]
        return cls(own, other, {shown: own.people[name] for shown, name in PEOPLE.items()})
