"""The Integration Journal API: the back end of integration work in ketamine-assisted therapy."""

from importlib import metadata

try:
    __version__ = metadata.version("integration-journal-api")
except metadata.PackageNotFoundError:  # run from the source tree, where no distribution is installed
    __version__ = "0.1.0"
