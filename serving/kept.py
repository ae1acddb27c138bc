"""Answers kept in memory, each made once however many readers ask for it at the same moment."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from serving.answers import Answer

LARGEST_SHARE = 8
"""One answer may take no more than this fraction (1 / 8) of all the room."""


class Kept:
    """Answers by key; those not asked for longest go when there are more than ``most_bytes``."""

    def __init__(self, most_bytes: int):
        self.most_bytes = most_bytes
        self.bytes = 0
        self._answers: OrderedDict[Hashable, Answer] = OrderedDict()
        self._making: dict[Hashable, asyncio.Task[Answer]] = {}

    def __contains__(self, key: Hashable) -> bool:
        return key in self._answers

    async def get(self, key: Hashable, make: Callable[[], Awaitable[Answer]]) -> Answer:
        """The answer kept under ``key``, or the one that ``make`` makes.

        ``make`` decides itself whether to :meth:`put` it here, for all who wait for it; whoever
        waited for one that was not put makes another, as it may have been one reader's alone.
        """
        making = self._making.get(key)
        if making is not None and key not in self._answers:
            await asyncio.shield(making)
            if key not in self._answers:
                return await make()
        if key in self._answers:
            self._answers.move_to_end(key)
            return self._answers[key]
        making = self._making[key] = asyncio.ensure_future(make())
        making.add_done_callback(lambda _: self._making.pop(key))
        # Shielded: one reader who leaves must not take the answer from the others.
        return await asyncio.shield(making)

    def put(self, key: Hashable, answer: Answer) -> None:
        """Keep ``answer``, in the place of an older one and as long as there is room."""
        if len(answer.body) > self.most_bytes // LARGEST_SHARE:
            return
        if key in self._answers:
            self.bytes -= len(self._answers.pop(key).body)
        self._answers[key] = answer
        self.bytes += len(answer.body)
        while self.bytes > self.most_bytes:
            self.bytes -= len(self._answers.popitem(last=False)[1].body)
