#!/bin/sh
# Run once by PostgreSQL's image when it makes the database: an owner of the tables, and the role that the API serves as.
# Their passwords are read from the password file of the superuser's container, and reach no command line.
set -eu
password_of() { awk -F: -v role="$1" '$4 == role { print $5 }' "$PGPASSFILE"; }

psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username="${POSTGRES_USER:-postgres}" --dbname=postgres <<SQL
CREATE ROLE journal LOGIN PASSWORD '$(password_of journal)';
CREATE ROLE journal_app LOGIN PASSWORD '$(password_of journal_app)';
CREATE DATABASE journal OWNER journal ENCODING 'UTF8' TEMPLATE template0;
SQL
