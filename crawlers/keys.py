"""Sets and dictionaries of addresses at a few bytes each: a crawl meets a hundred thousand of them, and asks of each
only whether it was there before. Kept is what `hash` makes of a text, which is another number in every process: that
any two of a million texts are taken for one is less likely than one in ten million."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable

_END = 2**63 - 1  # behind the greatest, so that there is something wherever a digest would be


class _Digests:
    """Sorted, so that they need no room between them. Every page asks a dozen times: hence no further calls."""

    __slots__ = ("_digests",)

    def __init__(self) -> None:
        self._digests = array("q", [_END])

    def __contains__(self, text: str) -> bool:
        digest = hash(text)
        return self._digests[bisect_left(self._digests, digest)] == digest

    def __len__(self) -> int:
        return len(self._digests) - 1


class Keys(_Digests):
    """A set of texts that cannot be read out again."""

    __slots__ = ()

    def __init__(self, texts: Iterable[str] = ()) -> None:
        super().__init__()
        self.update(texts)

    def add(self, text: str) -> bool:
        """Whether it is new."""
        digest = hash(text)
        place = bisect_left(self._digests, digest)
        if self._digests[place] == digest:
            return False
        self._digests.insert(place, digest)
        return True

    def update(self, texts: Iterable[str]) -> int:
        """How many are new."""
        return sum(map(self.add, texts))

    def merge(self, others: Keys) -> None:
        self._digests = array("q", sorted({*self._digests, *others._digests}))

    def digests(self) -> list[int]:
        return self._digests.tolist()[:-1]

    @classmethod
    def of(cls, digests: list[int]) -> Keys:
        """The set that gave these, within one process."""
        keys = cls()
        keys._digests = array("q", [*digests, _END])
        return keys

    def discard(self, text: str) -> None:
        digest = hash(text)
        place = bisect_left(self._digests, digest)
        if self._digests[place] == digest:
            del self._digests[place]


class Numbers(_Digests):
    """A dictionary from texts to numbers, which take the room that `array` gives those of this type."""

    __slots__ = ("_numbers",)

    def __init__(self, typecode: str = "q") -> None:
        super().__init__()
        self._numbers = array(typecode)  # in the order of the digests

    def __setitem__(self, text: str, number: int) -> None:
        digest = hash(text)
        place = bisect_left(self._digests, digest)
        if self._digests[place] == digest:
            self._numbers[place] = number
        else:
            self._digests.insert(place, digest)
            self._numbers.insert(place, number)

    def lower(self, text: str, number: int) -> bool:
        """Whether it had none, or a greater one, before it got this."""
        digest = hash(text)
        place = bisect_left(self._digests, digest)
        if self._digests[place] != digest:
            self._digests.insert(place, digest)
            self._numbers.insert(place, number)
        elif self._numbers[place] > number:
            self._numbers[place] = number
        else:
            return False
        return True

    def exchange(self, text: str, number: int, other: int) -> bool:
        """Whether it had this one, and has the other instead now."""
        digest = hash(text)
        place = bisect_left(self._digests, digest)
        if self._digests[place] != digest or self._numbers[place] != number:
            return False
        self._numbers[place] = other
        return True

    def get(self, text: str) -> int | None:
        digest = hash(text)
        place = bisect_left(self._digests, digest)
        return self._numbers[place] if self._digests[place] == digest else None

    def __getitem__(self, text: str) -> int:
        number = self.get(text)
        if number is None:
            raise KeyError(text)
        return number

    def __delitem__(self, text: str) -> None:
        digest = hash(text)
        place = bisect_left(self._digests, digest)
        if self._digests[place] != digest:
            raise KeyError(text)
        del self._digests[place]
        del self._numbers[place]

    def values(self) -> list[int]:
        return self._numbers.tolist()
