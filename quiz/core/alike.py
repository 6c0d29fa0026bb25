"""People who answered the same items, put together: what depends on that alone is worked out once for all of them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

_WORD = 8  # bytes that are compared at once


def alike(answered: NDArray[np.bool_]) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Each set of items that somebody answered: the rows of the people who did, in order, and the items' places.

    `answered` is (people, items). A set nobody answered anything of is one as well; without people there is none.
    """
    if not len(answered):
        return
    if answered.all():
        yield np.arange(len(answered)), np.arange(answered.shape[1])
        return
    packed = np.packbits(answered, axis=1)
    packed = np.ascontiguousarray(np.pad(packed, ((0, 0), (0, -packed.shape[1] % _WORD))))
    # As few whole numbers a person as possible: sorting rows of bytes takes several times as long.
    words = packed.view(np.uint64)
    order = np.lexsort(words.T)
    changes = (words[order][1:] != words[order][:-1]).any(axis=1)
    for rows in np.split(order, np.flatnonzero(changes) + 1):
        yield rows, np.flatnonzero(answered[rows[0]])
