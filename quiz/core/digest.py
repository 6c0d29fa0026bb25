"""The digest of a pack: what tells whether figures that were kept are of these very items, weights and parameters."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from quiz.core.pack import Item, Pack, Statement


def digest(pack: Pack) -> str:
    """Sixteen hexadecimal digits, the same wherever they are worked out.

    Others follow from another role, weight, dimension, item, order, parameter or minimum: whatever scoring and
    simulation read. Words, versions, ESCO addresses and who estimated the parameters do not matter.
    """
    parameters = pack.parameters
    read: list[Any] = [
        [[dimension.id, dimension.role] for dimension in pack.dimensions],
        [[role.id, [role.weights.get(id, 0.0) for id in pack.dimension_ids]] for role in pack.roles],
        [_told(item) for item in pack.items],
        [parameters.correlations, parameters.acquiescence_sd, parameters.doubt],
        pack.minimum,
    ]
    # A figure may be written 3 or 3.0; JSON then writes it with the fewest digits that mean the very same number.
    return hashlib.sha256(json.dumps(_floats(read)).encode()).hexdigest()[:16]


def _told(item: Item) -> list[Any]:
    asks = [item.dimension, item.key] if isinstance(item, Statement) else [item.a, item.b]
    return [item.id, item.kind, *asks, item.mirror, item.loading, item.mean, item.sd]


def _floats(value: Any) -> Any:  # noqa: ANN401 - whatever JSON can hold
    if isinstance(value, list | tuple):
        return [_floats(part) for part in value]
    return float(value) if isinstance(value, int) else value
