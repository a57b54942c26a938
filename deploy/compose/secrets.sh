#!/bin/sh
# Makes the secrets of compose.yaml in a folder (default: secrets beside this file), and overwrites none. Run it as root.
# The certificate is one of its own making, for the name given and thirty days: put yours in its place.
#   sh secrets.sh journal.example.org [FOLDER]
set -eu
name=${1:?the name that people type, such as journal.example.org}
folder=${2:-$(dirname "$0")/secrets}
umask 077
mkdir -p "$folder"
chmod 0711 "$folder"
cd "$folder"

word() { head -c 24 /dev/urandom | od -A n -t x1 | tr -d ' \n'; }

# keep OWNER FILE: what standard input holds, readable by one user alone, who is the one in that container.
keep() {
  if [ -e "$2" ]; then cat > /dev/null; echo "$2 is there already" >&2; return; fi
  rm -f "$2.new"
  cat > "$2.new"
  chmod 0400 "$2.new"
  if [ "$(id -u)" = 0 ]; then chown "$1" "$2.new"; else echo "$2: not root, so chown $1 it yourself" >&2; fi
  mv "$2.new" "$2"
}

if [ ! -e database_pgpass ]; then
  for file in database_password owner_pgpass app_pgpass; do
    if [ -e "$file" ]; then
      echo "$folder has $file and no database_pgpass, which holds the same password: put it back, or move $file away" >&2
      exit 1
    fi
  done
  super=$(word) owner=$(word) app=$(word)
  printf '*:*:*:postgres:%s\n*:*:*:journal:%s\n*:*:*:journal_app:%s\n' "$super" "$owner" "$app" | keep 999 database_pgpass
fi
# The others repeat parts of that file, so a run that was cut short is ended by the next.
line_of() { grep "^[*]:[*]:[*]:$1:" database_pgpass; }
printf '%s' "$(line_of postgres | cut -d : -f 5)" | keep 999 database_password
line_of journal | keep 10001 owner_pgpass
line_of journal_app | keep 10001 app_pgpass
head -c 32 /dev/urandom | base64 | keep 10001 master_key
if [ ! -e tls_pem ]; then
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj "/CN=$name" \
    -addext "subjectAltName=DNS:$name" -keyout tls.key.new -out tls.crt.new 2> /dev/null
  cat tls.crt.new tls.key.new | keep 99 tls_pem
  rm tls.key.new tls.crt.new
fi
