"""Chance that is the same everywhere: built on `random()` alone, whose values Python guarantees."""
import datetime
import random


class Dice:
    """A source of chance of its own for every use, named by words, so that a new text leaves the rest as it was."""

    def __init__(self, seed, *names):
        self._random = random.Random(":".join(map(str, (seed, *names)))).random

    def unit(self):
        return self._random()

    def between(self, low, high):
        return low + (high - low) * self._random()

    def whole(self, low, high):
        """From `low` to `high`, both included."""
        return low + int(self._random() * (high - low + 1))

    def normal(self, mean, deviation):
        """The sum of twelve uniform numbers: near enough, and free of the library's own method."""
        return mean + deviation * (sum(self._random() for _ in range(12)) - 6)

    def chance(self, probability):
        return self._random() < probability

    def pick(self, things):
        return things[int(self._random() * len(things))]

    def weighted(self, pairs):
        """One of (thing, weight)."""
        mark = self._random() * sum(weight for _, weight in pairs)
        for thing, weight in pairs:
            mark -= weight
            if mark < 0:
                return thing
        return pairs[-1][0]

    def several(self, things, count):
        """`count` different ones, in their order."""
        chosen, left = [], count
        for place, thing in enumerate(things):
            if left and self._random() * (len(things) - place) < left:
                chosen.append(thing)
                left -= 1
        return chosen

    def moment(self, day, first_hour, last_hour):
        """A second of `day` between two hours (fractions allowed)."""
        return day + datetime.timedelta(seconds=int(self.between(first_hour, last_hour) * 3600))


def moment_of(text):
    return datetime.datetime.fromisoformat(text)


def days(first, last):
    """Every day as a datetime at midnight, both ends included."""
    day, end = datetime.datetime.fromisoformat(first), datetime.datetime.fromisoformat(last)
    while day <= end:
        yield day
        day += datetime.timedelta(days=1)


def stamp(moment):
    return moment.strftime("%Y-%m-%d %H:%M:%S")
