"""Make the golden package of this format version, once: `python -m tests.factories.golden FOLDER`.

It holds the chart of a scene: invented people, and one of everything.
"""

import asyncio
import shutil
import sys
import tempfile
from pathlib import Path

from integration_api.resources.oversight.exports.package_manifests import PACKAGE_VERSION
from tests.factories.packages import MASTER_KEYS, Deployment
from tests.scene import Scene
from tests.support import SettableClock, World


async def make(folder: Path) -> Path:
    """Write the package and the key that opens it, which is no secret."""
    home_folder = Path(tempfile.mkdtemp())
    home = Deployment.at(home_folder, None, MASTER_KEYS[0], SettableClock())
    async with home.serve() as api:
        scene = await Scene.build(await World.build(api, name="Harbour House"), mark="golden")
    path = folder / f"{PACKAGE_VERSION}.age"
    await home.send(scene.chart, home, path)
    shutil.copyfile(home.identity, folder / f"{PACKAGE_VERSION}.txt")
    shutil.rmtree(home_folder)
    return path


if __name__ == "__main__":
    asyncio.run(make(Path(sys.argv[1])))
