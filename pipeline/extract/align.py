"""Ordered matching: two sequences that follow the same order, with gaps on either side."""

from __future__ import annotations

from collections.abc import Sequence


def align(scores: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """The pairs (i, j), both rising, with the greatest sum of `scores[i][j]`. Pairs with a score of 0 are not made."""
    height = len(scores)
    width = len(scores[0]) if height else 0
    best = [[0.0] * (width + 1) for _ in range(height + 1)]
    for i in range(height - 1, -1, -1):
        for j in range(width - 1, -1, -1):
            taken = scores[i][j] + best[i + 1][j + 1] if scores[i][j] > 0 else -1.0
            best[i][j] = max(taken, best[i + 1][j], best[i][j + 1])
    pairs = []
    i = j = 0
    while i < height and j < width:
        if scores[i][j] > 0 and best[i][j] == scores[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs
