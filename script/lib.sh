# shellcheck shell=bash
# What the scripts share: where things are, what is missing on this machine, and services that live only while a script runs.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$ROOT" || exit 1
export VAR_DIR=${VAR_DIR:-$ROOT/var}
export VENV=${VENV:-$ROOT/var/venv}
export PATH="$VENV/bin:$PATH"
PYTHONPATH="$ROOT${PYTHONPATH:+:$PYTHONPATH}"
export PYTHONPATH PYTHONUNBUFFERED=1

say() { printf '%s\n' "$*"; }
complain() { printf '%s\n' "$*" >&2; }
fail() { complain "$*"; exit 1; }

# --- settings given as files (container secrets): NAME_FILE=/run/secrets/name becomes NAME ---

read_secret_files() {
  local name file
  for name in DJANGO_SECRET_KEY DJANGO_SECRET_KEY_FALLBACKS FIELD_KEYS DATABASE_URL KEY_STORE_URL REDIS_URL EMAIL_URL BOUNCE_MAILBOX SSO_PROVIDERS SMS_TOKEN; do
    file=${name}_FILE
    if [ -n "${!file:-}" ]; then
      [ -r "${!file}" ] || fail "$file names ${!file}, which cannot be read."
      export "$name=$(<"${!file}")"
    fi
  done
}

# A laptop gets keys of its own at the first start; an installation must be given them.
own_secret_key() {
  own_secret DJANGO_SECRET_KEY secret_key 'secrets.token_urlsafe(64)'
  own_secret FIELD_KEYS field_keys '"own:" + secrets.token_urlsafe(32)'
}

own_secret() { # NAME FILE EXPRESSION
  [ -z "${!1:-}" ] || return 0
  local file=$VAR_DIR/$2
  [ -s "$file" ] || (umask 077 && python -c "import secrets; print($3)" >"$file")
  export "$1=$(<"$file")"
}

# --- ports ---

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

port_is_free() { # HOST PORT
  python3 - "$1" "$2" <<'PY'
import socket, sys
host, port = sys.argv[1], int(sys.argv[2])
family = socket.AF_INET6 if ":" in host else socket.AF_INET
with socket.socket(family) as probe:
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        probe.bind((host, port))
    except OSError:
        sys.exit(1)
PY
}

# --- Debian's packages ---

installed() { dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'ok installed'; }

# Installs what is missing when it may; else says in one line how to do it. The services of the packages are not started.
debian() { # PACKAGE...
  local missing=() package
  for package in "$@"; do installed "$package" || missing+=("$package"); done
  [ "${#missing[@]}" -gt 0 ] || return 0
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    complain "Missing: ${missing[*]}. Install with: sudo apt-get install --no-install-recommends ${missing[*]}"
    return 1
  fi
  say "Installing from Debian: ${missing[*]}"
  local log
  log=$(mktemp)
  if ! (keep_services_stopped && apt_install "${missing[@]}") >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    complain "Debian's packages could not be installed: ${missing[*]}"
    return 1
  fi
  rm -f "$log"
}

apt_install() {
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq &&
    apt-get install -y -qq --no-install-recommends -o Dpkg::Options::=--force-confold "$@" </dev/null
}

keep_services_stopped() { # for the life of the calling subshell
  if [ ! -e /usr/sbin/policy-rc.d ]; then
    printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
    chmod 755 /usr/sbin/policy-rc.d
    trap 'rm -f /usr/sbin/policy-rc.d' EXIT
  fi
  if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
    mkdir -p /etc/postgresql-common
    say 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
  fi
}

# --- throw-away services on free loopback ports; stop_services belongs in the caller's trap ---

SERVICES_DIR=
PG_BIN=${PG_BIN:-}
REDIS_SERVER=${REDIS_SERVER:-}

find_postgres() {
  local candidate
  for candidate in "$PG_BIN" "$(dirname "$(readlink -f "$(command -v initdb || true)")")" $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -rV); do
    if [ -x "$candidate/initdb" ] && [ -x "$candidate/createdb" ]; then PG_BIN=$candidate; return 0; fi
  done
  return 1
}

find_redis() {
  REDIS_SERVER=${REDIS_SERVER:-$(command -v redis-server || true)}
  [ -n "$REDIS_SERVER" ] && [ -x "$REDIS_SERVER" ]
}

need_services() {
  { find_postgres || { debian postgresql-15 && find_postgres; }; } &&
    { find_redis || { debian redis-server && find_redis; }; }
}

# PostgreSQL refuses to run as root, so root lends it the user that Debian's package made.
as_postgres() {
  local lend=()
  if [ "$(id -u)" = 0 ]; then lend=(setpriv --reuid=postgres --regid=postgres --clear-groups); fi
  "${lend[@]}" env -i PATH="$PG_BIN:/usr/bin:/bin" LC_ALL=C.UTF-8 HOME="$SERVICES_DIR" "$@"
}

# After need_services. fast: nothing is flushed to disk (tests); durable: as in operation (benchmarks, drills).
start_services() { # fast|durable
  SERVICES_DIR=${SERVICES_DIR:-$(mktemp -d)}
  chmod 711 "$SERVICES_DIR"
  [ "$(id -u)" != 0 ] || chown postgres:postgres "$SERVICES_DIR"
  PG_PORT=$(free_port)
  make_cluster "$1"
  start_cluster
  as_postgres "$PG_BIN/createdb" -h 127.0.0.1 -p "$PG_PORT" -U app app
  start_redis "$(free_port)"
  export DATABASE_URL=postgres://app@127.0.0.1:$PG_PORT/app REDIS_URL=redis://127.0.0.1:$REDIS_PORT/0
}

make_cluster() { # fast|durable; CLUSTER_SETTINGS, one a line, are added to its own
  as_postgres "$PG_BIN/initdb" -D "$SERVICES_DIR/d" -A trust -U app --no-sync --locale=C.UTF-8 -E UTF8 >/dev/null
  {
    printf '%s\n' "listen_addresses = '127.0.0.1'" "unix_socket_directories = '$SERVICES_DIR'" "port = $PG_PORT" 'shared_buffers = 256MB'
    if [ "$1" = fast ]; then printf '%s\n' 'fsync = off' 'synchronous_commit = off' 'full_page_writes = off'; fi
    printf '%s\n' "${CLUSTER_SETTINGS:-}"
  } >>"$SERVICES_DIR/d/postgresql.conf"
}

start_cluster() { as_postgres "$PG_BIN/pg_ctl" -D "$SERVICES_DIR/d" -w -t 600 -l "$SERVICES_DIR/log" start >/dev/null; }

start_redis() { # PORT
  REDIS_PORT=$1
  "$REDIS_SERVER" --port "$REDIS_PORT" --bind 127.0.0.1 --save '' --appendonly no --daemonize yes \
    --dir "$SERVICES_DIR" --pidfile "$SERVICES_DIR/redis.pid" --logfile "$SERVICES_DIR/redis.log" >/dev/null
}

stop_services() {
  [ -n "$SERVICES_DIR" ] || return 0
  if [ -s "$SERVICES_DIR/redis.pid" ]; then kill "$(<"$SERVICES_DIR/redis.pid")" 2>/dev/null || true; fi
  if [ -d "$SERVICES_DIR/d" ] && find_postgres; then as_postgres "$PG_BIN/pg_ctl" -D "$SERVICES_DIR/d" -m immediate stop >/dev/null 2>&1 || true; fi
  rm -rf "$SERVICES_DIR"
  SERVICES_DIR=
}

# --- a group of processes in the foreground: each leads a group of its own, and dies with the script even if that is killed ---

declare -A PROCESS=()

start_process() { # NAME COMMAND...
  local name=$1
  shift
  setpriv --pdeathsig TERM setsid "$@" &
  PROCESS[$name]=$!
}

signal_processes() { # SIGNAL
  local pid
  for pid in "${PROCESS[@]}"; do kill -"$1" -- "-$pid" 2>/dev/null || true; done
}

processes_alive() {
  local pid
  for pid in "${PROCESS[@]}"; do kill -0 -- "-$pid" 2>/dev/null && return 0; done
  return 1
}

stop_processes() {
  signal_processes TERM
  for _ in {1..100}; do
    processes_alive || return 0
    sleep 0.1
  done
  signal_processes KILL
}

await_page() { # ADDRESS
  python3 - "$1" <<'PY'
import sys, time, urllib.error, urllib.request
for attempt in range(600):
    try:
        urllib.request.urlopen(sys.argv[1], timeout=5)
    except urllib.error.HTTPError:
        sys.exit(0)
    except OSError:
        time.sleep(0.1)
    else:
        sys.exit(0)
sys.exit("no answer from " + sys.argv[1])
PY
}
