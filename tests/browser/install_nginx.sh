#!/bin/sh
# Make sure that the tests of replicas find an nginx, and one that can serve files packed by Brotli.
set -eu
PATH="$PATH:/usr/sbin:/usr/local/sbin"
command -v nginx >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    nginx-light libnginx-mod-http-brotli-static
else
  echo "The tests of replicas need nginx: install it with your system's packages." >&2
  exit 1
fi
