FROM python:3.11-slim-bookworm AS environment
COPY requirements/base.txt /requirements.txt
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --require-hashes --only-binary :all: -r /requirements.txt

FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends age postgresql-client-15 libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 libfontconfig1 fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --create-home --shell /usr/sbin/nologin app \
    && install -d -o app -g app /app /app/var /app/var/files /backup
COPY --from=environment /opt/venv /opt/venv
ENV VENV=/opt/venv PATH=/opt/venv/bin:$PATH HOST=0.0.0.0 PORT=8000 PYTHONUNBUFFERED=1
WORKDIR /app
COPY --chown=app:app . .
USER app
# The key is only there for the settings to load; nothing made here depends on it.
RUN DJANGO_SECRET_KEY=while-the-image-is-built FIELD_KEYS=none:none script/assets
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 CMD ["script/healthy", "web"]
CMD ["script/web"]
