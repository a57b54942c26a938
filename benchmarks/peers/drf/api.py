"""The same API with Django REST framework: serializers and class-based views."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView, exception_handler

from benchmarks.peers.clinic import service
from benchmarks.peers.clinic.models import Reflection, Task
from benchmarks.peers.rules import acting_role, allowed_actions

_SAFETY = ["safe", "not_sure", "not_safe"]


def answer_error(error: Exception, context: dict[str, Any]) -> Response | None:
    """Refusals are recorded; what is invalid is a 422."""
    if isinstance(error, service.Refused):
        service.refuse(context["request"].user, error)
        return Response({"detail": "Refused."}, status=error.status)
    if isinstance(error, IntegrityError):
        transaction.set_rollback(True)
        return Response({"detail": "This id is used already."}, status=409)
    response = exception_handler(error, context)
    if response is not None and isinstance(error, ValidationError):
        response.status_code = 422
    return response


class StrictSerializer(serializers.Serializer[Any]):
    """Unknown fields are refused."""

    def to_internal_value(self, data: Any) -> Any:  # noqa: ANN401  any JSON
        """The validated values. Raises ValidationError."""
        if isinstance(data, dict) and (unknown := data.keys() - self.fields.keys()):
            raise ValidationError(dict.fromkeys(unknown, "This field is not known here."))
        return super().to_internal_value(data)


class TextField(serializers.CharField):
    """Text kept as it was written; numbers are not text."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401  DRF's signature
        """As CharField."""
        super().__init__(**{"trim_whitespace": False, "allow_blank": True, **kwargs})

    def to_internal_value(self, data: Any) -> str:  # noqa: ANN401  any JSON
        """The text. Raises ValidationError."""
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class InstantField(serializers.DateTimeField):
    """An instant; a time without an offset is refused."""

    def enforce_timezone(self, value: datetime) -> datetime:
        """In UTC. Raises ValidationError."""
        if value.tzinfo is None:
            self.fail("invalid", format="YYYY-MM-DDThh:mm:ss with an offset")
        return value.astimezone(UTC)


class OwnIdField(serializers.UUIDField):
    """An id that the client made: a UUID of version 7."""

    def to_internal_value(self, data: Any) -> UUID:  # noqa: ANN401  any JSON
        """The id. Raises ValidationError."""
        value = super().to_internal_value(data)
        if value.version != 7:
            self.fail("invalid", value=data)
        return value


class AnswerSerializer(StrictSerializer):
    """What is written to one prompt."""

    prompt_id = serializers.RegexField(r"^[a-z0-9_]{1,40}$")
    text = TextField(max_length=20_000)


class RatingsSerializer(StrictSerializer):
    """How it is right now."""

    mood = serializers.IntegerField(min_value=0, max_value=10, allow_null=True, default=None)
    anxiety = serializers.IntegerField(min_value=0, max_value=10, allow_null=True, default=None)
    energy = serializers.IntegerField(min_value=0, max_value=10, allow_null=True, default=None)
    sleep = serializers.IntegerField(min_value=0, max_value=10, allow_null=True, default=None)
    connection = serializers.IntegerField(min_value=0, max_value=10, allow_null=True, default=None)
    distress = serializers.IntegerField(min_value=0, max_value=10, allow_null=True, default=None)


class InsightSerializer(StrictSerializer):
    """One short statement."""

    id = OwnIdField(allow_null=True, default=None)
    text = TextField(max_length=500, trim_whitespace=True, allow_blank=False)


class ReflectionCreateSerializer(StrictSerializer):
    """A new draft in one's own chart."""

    id = OwnIdField(allow_null=True, default=None)
    session_id = serializers.UUIDField(allow_null=True, default=None)
    kind = serializers.ChoiceField(["text", "prompted"], default="text")
    text = TextField(max_length=20_000, allow_null=True, default=None)
    prompt_set = serializers.RegexField(r"^[a-z0-9_]{1,40}$", allow_null=True, default=None)
    prompt_set_version = serializers.IntegerField(min_value=1, max_value=9999, allow_null=True, default=None)
    answers = AnswerSerializer(many=True, max_length=50, default=list)
    ratings = RatingsSerializer(allow_null=True, default=None)
    tags = serializers.ListField(
        child=TextField(max_length=200, trim_whitespace=True, allow_blank=False), max_length=20, default=list
    )
    insights = InsightSerializer(many=True, max_length=20, default=list)
    safety = serializers.ChoiceField(_SAFETY, allow_null=True, default=None)
    contact_me = serializers.BooleanField(default=False)
    captured_at = InstantField(allow_null=True, default=None)


class ReflectionSerializer(serializers.ModelSerializer[Reflection]):
    """A reflection as it is answered: its columns, and what was sealed spread into them."""

    monitoring = serializers.SerializerMethodField()
    allowed_actions = serializers.SerializerMethodField()
    edited_since_review = serializers.BooleanField()

    class Meta:
        model = Reflection
        exclude = ["clinic_id", "content", "content_number", "review_due_at"]

    def get_monitoring(self, row: Reflection) -> Any:  # noqa: ANN401  any JSON
        """What the patient was told last."""
        return row.opened("monitoring")

    def get_allowed_actions(self, row: Reflection) -> list[str]:
        """What the account may do with it."""
        role = acting_role("reflection:read", json.loads(self.context["request"].user.roles)) or ""
        return allowed_actions(row.state, row.sharing, role, is_read=row.first_read_at is not None)

    def to_representation(self, instance: Reflection) -> dict[str, Any]:
        """Everything."""
        return {**super().to_representation(instance), **instance.opened("content")}


class TaskSerializer(serializers.ModelSerializer[Task]):
    """One thing that waits."""

    class Meta:
        model = Task
        fields = ["id", "kind", "patient_id", "subject_id", "opened_at", "due_at"]


class ListQuerySerializer(serializers.Serializer[Any]):
    """What a list of reflections is asked for."""

    patient_id = serializers.UUIDField()
    cursor = serializers.CharField(default=None)


class ReflectionsView(APIView):
    """`/v1/reflections`."""

    def get(self, request: Request) -> Response:
        """One page of a chart, newest first."""
        query = ListQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        try:
            rows, next_cursor = service.list_reflections(request.user, **query.validated_data)
        except ValueError as error:
            raise ValidationError({"cursor": ["not a cursor of this list"]}) from error
        items = ReflectionSerializer(rows, many=True, context={"request": request}).data
        return Response({"items": items, "next_cursor": next_cursor})

    def post(self, request: Request) -> Response:
        """Begin a reflection."""
        body = ReflectionCreateSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        row = service.create_reflection(request.user, body.validated_data)
        headers = {"ETag": f'"{row.version}"', "Location": f"/v1/reflections/{row.id}"}
        return Response(ReflectionSerializer(row, context={"request": request}).data, status=201, headers=headers)


class ReflectionView(APIView):
    """`/v1/reflections/{id}`."""

    def get(self, request: Request, reflection_id: UUID) -> Response:
        """One reflection."""
        row = service.read_reflection(request.user, reflection_id)
        data = ReflectionSerializer(row, context={"request": request}).data
        return Response(data, headers={"ETag": f'"{row.version}"'})


class WorklistView(APIView):
    """`/v1/worklist`."""

    def get(self, request: Request) -> Response:
        """What waits for the account."""
        try:
            rows, next_cursor, waiting = service.read_worklist(request.user, request.query_params.get("cursor"))
        except ValueError as error:
            raise ValidationError({"cursor": ["not a cursor of this list"]}) from error
        return Response({"items": TaskSerializer(rows, many=True).data, "next_cursor": next_cursor, "waiting": waiting})


@transaction.non_atomic_requests
def health(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  Django's signature
    """Whether it answers."""
    return HttpResponse("ok")


urlpatterns = [
    path("health", health),
    path("v1/reflections", ReflectionsView.as_view()),
    path("v1/reflections/<uuid:reflection_id>", ReflectionView.as_view()),
    path("v1/worklist", WorklistView.as_view()),
]
