"""What pairs connect: all that they do, or no more than the whole of a group bears out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def connected(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, ...]]:
    """What the pairs connect, each sorted, in order."""
    parent: dict[str, str] = {}

    def root(x: str) -> str:
        while parent.setdefault(x, x) != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    for a, b in pairs:
        low, high = sorted((root(a), root(b)))
        parent[high] = low
    members: dict[str, list[str]] = {}
    for x in sorted(parent):
        members.setdefault(root(x), []).append(x)
    return sorted(tuple(group) for group in members.values())


FORBIDDEN = -100.0
Pair = tuple[int, int]


def agglomerate(
    count: int, scores: Mapping[Pair, float], *, joined: float, whole: float, together: Iterable[Pair] = ()
) -> list[list[int]]:
    """Items 0 … count - 1 in groups, each sorted: pairs join from the surest down to `joined`, as long as the two groups
    agree by `whole` on the average and no pair between them is forbidden or missing. together: pairs whose groups are joined in
    the end whatever they score.
    """
    member = list(range(count))
    groups: dict[int, list[int]] = {i: [i] for i in member}

    def unite(i: int, j: int) -> None:
        low, high = sorted((member[i], member[j]))
        if low != high:
            for k in groups[high]:
                member[k] = low
            groups[low] += groups.pop(high)

    for (i, j), score in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
        if score < joined:
            break
        if member[i] != member[j]:
            between = [scores.get(pair(x, y), FORBIDDEN) for x in groups[member[i]] for y in groups[member[j]]]
            if min(between) > FORBIDDEN / 2 and sum(between) / len(between) >= whole:
                unite(i, j)
    for i, j in together:
        unite(i, j)
    return [sorted(groups[low]) for low in sorted(groups)]


def pair(i: int, j: int) -> Pair:
    """Two items in order."""
    return (i, j) if i < j else (j, i)
