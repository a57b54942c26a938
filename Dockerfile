# Two stages: dependencies from the hashed lock, then a slim image without a compiler, pip or pip's cache.
# BASE may name a digest: docker build --build-arg BASE=python:3.11-slim@sha256:… --build-arg REVISION=$(git rev-parse HEAD) .
# LOCK="requirements-telemetry.lock requirements-pdf.lock" installs what metrics, traces and PDFs need too; one of them is enough.
ARG BASE=python:3.11-slim
FROM ${BASE} AS build
ARG LOCK=requirements.lock
WORKDIR /build
COPY requirements.lock requirements-pdf.lock requirements-telemetry.lock ./
RUN python -m venv --without-pip /venv \
 && for lock in ${LOCK}; do set -- "$@" -r "${lock}"; done \
 && python -m pip install --no-cache-dir --disable-pip-version-check --require-hashes --no-compile --ignore-installed \
    --prefix /venv "$@" \
 && python -m compileall -q -j 0 --invalidation-mode unchecked-hash /venv/lib

FROM ${BASE}
ARG REVISION=unknown
ARG VERSION=0.1.0
LABEL org.opencontainers.image.title="Integration Journal API" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.licenses="LicenseRef-unlicensed"
RUN groupadd --system --gid 10001 journal \
 && useradd --system --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin journal \
 && install -d -o journal -g journal -m 0700 /data
COPY --from=build /venv /venv
COPY alembic /app/alembic
COPY src /app/src
# Bytecode is made here, since the running image cannot write it: without it each start compiles all modules anew.
RUN python -m compileall -q -j 0 --invalidation-mode unchecked-hash /app/src
WORKDIR /app
ENV PATH=/venv/bin:$PATH \
    PYTHONPATH=/app/src \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    INTEGRATION_API_HOST=0.0.0.0 \
    INTEGRATION_API_DATA_DIR=/data
USER 10001:10001
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
# Whether the process is alive: an orchestrator may restart it if not. Balance by /health/ready instead.
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f\"http://127.0.0.1:{os.environ.get('INTEGRATION_API_PORT', '8000')}/health/live\", timeout=2)"]
ENTRYPOINT ["python", "-m", "integration_api"]
# Migrate first, by command: docker run … migrate. Then serve. It runs with --read-only --tmpfs /tmp.
CMD ["serve"]
