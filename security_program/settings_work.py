"""Work in the background: a row in the database is the truth, Celery is the engine that works on it."""

from datetime import timedelta

from .environment import VAR_DIR, env

REDIS_URL = env("REDIS_URL", default="")
# A worker not heard of for this long has lost its job to the next one.
JOB_LEASE = timedelta(seconds=env.int("JOB_LEASE_SECONDS", default=30))
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object]


def redis_transport() -> dict[str, object]:
    """A server that hangs is let go of after two seconds; no message comes back while its work goes on."""
    return {"visibility_timeout": 900, "socket_timeout": 2, "socket_connect_timeout": 2}


if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS = redis_transport()
else:
    QUEUE_DIR = VAR_DIR / "queue"
    for folder in ("messages", "control"):
        (QUEUE_DIR / folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_URL = "filesystem://localhost"
    CELERY_BROKER_TRANSPORT = "security_program.file_queue:Transport"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(QUEUE_DIR / "messages"),
        "data_folder_out": str(QUEUE_DIR / "messages"),
        "control_folder": str(QUEUE_DIR / "control"),
        "polling_interval": 0.05,
    }
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 600
# A minute before the child is killed the work is told, so that the job can say why it ended.
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# However long the broker is away, the worker goes on trying.
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
