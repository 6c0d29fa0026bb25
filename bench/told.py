"""What the benchmark of serving prints: tables that can be read, and pasted into docs/measurements."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import median

from bench.scenes import MANY, Scene


def scenes(scenes: Mapping[str, Scene], connections: int) -> None:
    """Every scene over so many connections, beside the baseline."""
    base = scenes["hello"]
    print(f"Over {connections} connection{'s' if connections > 1 else ''}:\n")
    print(
        "| Scene | requests/s | ratio of rates | CPU µs | ratio of CPU | half within, ms | 99 % within, ms | target |"
    )
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    for scene in scenes.values():
        half, most = (1000 * scene.wait(share, connections) for share in (0.5, 0.99))
        print(
            f"| {scene.name.strip()} | {scene.rate(connections):,.0f} | {rates(base, scene, connections):.2f} | "
            f"{1e6 * scene.cpu(connections):.0f} | {cpus(base, scene, connections):.2f} | {half:.2f} | {most:.2f} | "
            f"{scene.target or '':{'.2f' if scene.target else ''}} |"
        )
    print("\nEach ratio is the median of the rounds' own ratios; above 1 is cheaper than the baseline. CPU is user and")
    print("kernel time of all threads of the server, from /proc/<pid>/task/<thread>/schedstat.\n")


def rates(base: Scene, scene: Scene, connections: int) -> float:
    """Requests a second for each of the baseline's."""
    pairs = zip(base.rounds[connections], scene.rounds[connections], strict=True)
    return median(own.rate / its.rate for its, own in pairs)


def cpus(base: Scene, scene: Scene, connections: int) -> float:
    """The baseline's processor time for each second of a scene's."""
    pairs = zip(base.rounds[connections], scene.rounds[connections], strict=True)
    return median(its.cpu / own.cpu for its, own in pairs)


def visit(scenes: Mapping[str, Scene], cpu: float, requests: int, first_time: float) -> None:
    """Question, answer and result in hello-worlds, and a whole visit's processor time."""
    three = sum(1 / cpus(scenes["hello"], scenes[name], MANY) for name in ("question", "answer", "result"))
    print(f"Question, answer and result together: {three:.1f} hello-worlds of CPU; the target is at most 6.5.")
    print(
        f"A whole visit ({requests} requests: start, every question and its answer, result): "
        f"{1000 * cpu:.1f} ms of CPU, {cpu / scenes['hello'].cpu(MANY):.0f} hello-worlds."
    )
    print(f"A result shown for the first time: {1e6 * first_time:.0f} µs of CPU.")


def writers(scenes: Mapping[str, Scene], connections: int) -> None:
    """How long answers wait when so many people write at once."""
    hello, answer = (scenes[name].wait(0.99, connections) for name in ("hello", "answer"))
    longest = max(each.load.wait(1) for each in scenes["answer"].rounds[connections])
    rate = rates(scenes["hello"], scenes["answer"], connections)
    print(
        f"{connections} writers: 99 % of answers within {1000 * answer:.1f} ms, {answer / hello:.1f} times "
        f"hello-world's {1000 * hello:.1f} ms (at most 6); the longest took {1000 * longest:.0f} ms (at most 250); "
        f"ratio of rates {rate:.2f}, and {rates(scenes['hello, one commit'], scenes['answer'], connections):.2f} to "
        "a hello-world that commits one row to SQLite."
    )
