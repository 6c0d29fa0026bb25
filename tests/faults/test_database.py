"""PostgreSQL is killed, stopped, frozen, full, read-only while hundreds answer: nothing is lost, and all go on."""

from __future__ import annotations

import time

from cluster import Cluster, open_folder
from counting import migrate
from disk import full, mounted, no_longer_files
from hurt_server import Served
from test_disk import refused_kindly, until_refused


def test_the_database_is_killed_while_hundreds_answer(on_postgresql, cluster, crowd, counted):
    with crowd(on_postgresql) as everybody:
        everybody.answer(60)
        cluster.kill()
        until_refused(everybody)
        cluster.start()
        recovered = everybody.fault_over()
    refused_kindly(counted("PostgreSQL killed and started", on_postgresql, everybody, recovered))


def test_the_database_is_stopped_for_a_while(on_postgresql, cluster, crowd, counted, seconds):
    with crowd(on_postgresql) as everybody:
        everybody.answer(60)
        cluster.stop()
        until_refused(everybody)
        assert on_postgresql.ask("GET", "/")[0] == 200
        assert on_postgresql.ask("GET", "/readyz")[0] == 503
        page = on_postgresql.ask("GET", "/hr/", Accept_Language="es")
        assert (page[0], page[1]["retry-after"]) == (503, "5")
        assert '<html lang="es">' in page[2]
        time.sleep(seconds)
        cluster.start()
        recovered = everybody.fault_over()
    what = f"PostgreSQL stopped for {seconds:g} seconds"
    refused_kindly(counted(what, on_postgresql, everybody, recovered))


def test_the_database_does_not_move_for_a_while(on_postgresql, cluster, crowd, counted, seconds):
    """As on a machine that swaps, or behind a network that swallows everything: people wait and are answered."""
    with crowd(on_postgresql) as everybody:
        everybody.answer(60)
        cluster.freeze()
        time.sleep(seconds)
        cluster.thaw()
        recovered = everybody.fault_over()
    found = counted(f"PostgreSQL frozen for {seconds:g} seconds", on_postgresql, everybody, recovered)
    assert (found["5xx"], found["connections lost"]) == (0, 0)


def test_the_database_is_read_only_for_a_while(on_postgresql, cluster, crowd, counted):
    """As a server is that has just been made another's copy."""
    with crowd(on_postgresql) as everybody:
        everybody.answer(60)
        set_read_only(cluster, "on")
        until_refused(everybody)
        set_read_only(cluster, "off")
        recovered = everybody.fault_over()
    refused_kindly(counted("read-only, PostgreSQL", on_postgresql, everybody, recovered))


def set_read_only(cluster: Cluster, state: str) -> None:
    cluster.run(f"ALTER SYSTEM SET default_transaction_read_only = {state}")
    cluster.run("SELECT pg_reload_conf()")


def test_the_database_has_no_room(tmp_path, crowd, counted):
    """PostgreSQL itself may give up then; it is started again when there is room."""
    with open_folder() as folder, mounted(folder, 220) as small:
        cluster = Cluster(folder / "cluster")
        place = Served(tmp_path, "")
        try:
            place.database_url = cluster.start().make("faults")
            migrate(place.database_url)
            place.start()
            with crowd(place) as everybody:
                everybody.answer(60)
                with full(folder) if small else no_longer_files(cluster.process_ids(), cluster.user):
                    if small:
                        cluster.run_if_there("SELECT pg_switch_wal()")
                    until_refused(everybody)
                if not (small and cluster.keeps_again()):
                    cluster.kill()
                    cluster.start()
                recovered = everybody.fault_over()
            what = "disk full, PostgreSQL" if small else "no file may grow, PostgreSQL"
            found = counted(what, place, everybody, recovered)
        finally:
            place.kill()
            cluster.stop()
    refused_kindly(found)
