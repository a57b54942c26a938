"""Nothing more than both Django peers need."""

from benchmarks.peers.clinic.settings import *  # noqa: F403  the way Django settings are extended

ROOT_URLCONF = "benchmarks.peers.ninja.api"
