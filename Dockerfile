# Two stages: dependencies from the hashed lock, then a slim image without a compiler or pip's cache.
FROM python:3.11-slim AS build
WORKDIR /build
COPY requirements.lock .
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.lock

FROM python:3.11-slim
RUN useradd --system --uid 10001 --no-create-home journal && install -d -o journal -m 0700 /data
COPY --from=build /venv /venv
COPY alembic /app/alembic
COPY src /app/src
WORKDIR /app
ENV PATH=/venv/bin:$PATH \
    PYTHONPATH=/app/src \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    INTEGRATION_API_HOST=0.0.0.0 \
    INTEGRATION_API_DATA_DIR=/data
USER journal
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f\"http://127.0.0.1:{os.environ.get('INTEGRATION_API_PORT', '8000')}/health/ready\", timeout=2)"]
ENTRYPOINT ["python", "-m", "integration_api"]
# Migrate first, by command: docker run … migrate. Then serve.
CMD ["serve"]
