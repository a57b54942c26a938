"""Django REST framework without what an API with bearer tokens has no use for."""

from benchmarks.peers.clinic.settings import *  # noqa: F403  the way Django settings are extended

ROOT_URLCONF = "benchmarks.peers.drf.api"
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["benchmarks.peers.drf.authentication.BearerAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "EXCEPTION_HANDLER": "benchmarks.peers.drf.api.answer_error",
    "UNAUTHENTICATED_USER": None,
}
