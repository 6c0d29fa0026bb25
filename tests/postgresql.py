"""Databases on a PostgreSQL server for tests: made, copied from a template, dropped."""

from __future__ import annotations

import psycopg


def make(server: str, name: str, template: str = "template1") -> None:
    """Make a database anew, as a copy of a template."""
    drop(server, name)
    _run(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')


def drop(server: str, name: str) -> None:
    """Drop a database, whoever is still connected to it."""
    _run(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _run(server: str, sql: str) -> None:
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(sql)
