#!/usr/bin/env bash
# Sourced by .ci/run: what the tests need besides npm. It sets TEST_DATABASE_URL to a PostgreSQL server that answers. It takes the one that is there; else it
# starts a server of its own with what is installed, or can be, and `stop_postgres` ends that again.

postgres_folder=''

start_postgres() {
  TEST_DATABASE_URL=${TEST_DATABASE_URL:-postgres://postgres@127.0.0.1:5432/postgres}
  export TEST_DATABASE_URL
  answers "$TEST_DATABASE_URL" && return 0
  echo "No PostgreSQL answers at $TEST_DATABASE_URL: starting one of our own."
  [ -n "$(postgres_programs)" ] || install_postgres || return 1
  run_own_server
}

stop_postgres() {
  [ -n "$postgres_folder" ] || return 0
  as_postgres "$(postgres_programs)/pg_ctl" -D "$postgres_folder/data" -m immediate stop >/dev/null
  rm -rf "$postgres_folder"
}

answers() {
  node -e '
    const { Client } = require("pg");
    const client = new Client({ connectionString: process.argv[1], connectionTimeoutMillis: 5000 });
    client.connect().then(() => client.end(), () => process.exit(1));
  ' "$1"
}

postgres_programs() {
  ls -d /usr/lib/postgresql/*/bin /opt/homebrew/opt/postgresql*/bin /usr/local/opt/postgresql*/bin 2>/dev/null | tail -n 1
}

install_postgres() {
  if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql >/dev/null && return 0
  fi
  echo 'PostgreSQL 15 or later is needed: install it, or point TEST_DATABASE_URL at a server where databases may be made.'
  return 1
}

# The tests start a Redis of their own: all they need is the program.
have_redis() {
  command -v redis-server >/dev/null && return 0
  if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq redis-server >/dev/null && return 0
  fi
  echo 'The program redis-server is needed: install it.'
  return 1
}

# PostgreSQL refuses to run as root.
as_postgres() {
  if [ "$(id -u)" = 0 ]; then su postgres -s /bin/sh -c "$(printf '%q ' "$@")"; else "$@"; fi
}

run_own_server() {
  local programs port=54329
  programs=$(postgres_programs)
  postgres_folder=$(mktemp -d)
  [ "$(id -u)" != 0 ] || chown postgres "$postgres_folder"
  as_postgres "$programs/initdb" -D "$postgres_folder/data" -U postgres --auth=trust --encoding=UTF8 >/dev/null || return 1
  as_postgres "$programs/pg_ctl" -D "$postgres_folder/data" -l "$postgres_folder/log" -w start \
    -o "-p $port -c listen_addresses=127.0.0.1 -k $postgres_folder -c fsync=off" >/dev/null || return 1
  TEST_DATABASE_URL="postgres://postgres@127.0.0.1:$port/postgres"
}
