"""The largest set of one meter's readings that can be true together, the long way.

Written from the rule in docs/architecture.md, with nothing of the program's own:
every pair of readings is looked at. A reading is (ts, values): a tuple of twelve
counters as they are in struct judge_point, None where one is not shown; an M-Bus
meter has the first alone.
"""
TOTALS = (0, 5)  # import and export; their tariffs are the four behind each
COUNTS = 1 << 20  # what a reading weighs that counts; a zero weighs 1
FORCED = 1 << 50  # one that a person accepted
REGISTERS = 12
STAYS = 'accepted'
GOES = 'rejected'


class Rates:
    """What a connection can deliver: counts an hour, seconds late, a step."""

    def __init__(self, per_hour, grace, step):
        self.per_hour, self.grace, self.step = per_hour, grace, step

    def highest(self, value, elapsed):
        return value + self.step + self.per_hour * (elapsed + self.grace) // 3600


ELECTRICITY = Rates(55200, 10, 2)
MBUS = {'gas': Rates(10000, 300, 10), 'water': Rates(10000, 300, 10),
        'heat': Rates(720, 300, 10)}


def end_of(value):
    """Where a counter that showed this begins again."""
    return 10 ** max(8, len(str(value)))


def rolled(before, after, highest):
    end = end_of(before)
    return (before >= end - end // 100 and after <= end // 100
            and after + end <= highest)


def climbs(rates, a, b, elapsed, slack=0):
    highest = rates.highest(a, elapsed)
    return a - slack <= b <= highest or b < a and rolled(a, b, highest)


def total(values, first):
    """A direction's total, or the sum of its tariffs; None: neither is shown."""
    if values[first] is not None:
        return values[first]
    tariffs = [v for v in values[first + 1:first + 5] if v is not None]
    return sum(tariffs) if tariffs else None


def can_follow(rates, a, b, registers=range(REGISTERS)):
    """Can b be true if a is? Of these registers.

    A total is compared too where one shows it by tariff and the other does not.
    """
    elapsed = b[0] - a[0]
    if elapsed <= 0:
        return False
    shared = {i for i in range(REGISTERS)
              if a[1][i] is not None and b[1][i] is not None}
    if not all(climbs(rates, a[1][i], b[1][i], elapsed)
               for i in shared & set(registers)):
        return False
    for first in TOTALS:
        form = set(range(first, first + 5))
        if not form & set(registers) or form & shared:
            continue
        x, y = total(a[1], first), total(b[1], first)
        if None not in (x, y) and not climbs(rates, x, y, elapsed, rates.step):
            return False
    return True


def is_zero(reading):
    shown = [v for v in reading[1][:5] if v is not None]
    return bool(shown) and not any(shown)


def order(reading):
    """By time, then by what is shown."""
    ts, values = reading
    have = sum(1 << i for i, v in enumerate(values) if v is not None)
    return ts, have, [v for v in values if v is not None]


def extends(rates, readings, pins, before, i, j):
    """Can reading j follow the chain that ends in i?"""
    if pins.get(readings[j]) == STAYS:
        return readings[i][0] < readings[j][0]
    open_ = {k for k in range(REGISTERS)}
    while i is not None and open_:
        if not can_follow(rates, readings[i], readings[j], open_):
            return False
        if pins.get(readings[i]) == STAYS:
            break
        open_ = {k for k in open_ if readings[j][1][k] is not None
                 and readings[i][1][k] is None}
        i = before[i]
    return True


def largest_set(rates, readings, pins):
    """The readings of the heaviest chain; of equal ones that which ends first.

    `pins`: what a person said of a reading, STAYS or GOES.
    """
    readings = sorted((r for r in set(readings) if pins.get(r) != GOES),
                      key=order)
    weight, before = [], []
    for j, reading in enumerate(readings):
        best, previous = 0, None
        for i in range(j):
            if weight[i] > best and extends(rates, readings, pins, before, i, j):
                best, previous = weight[i], i
        own = 1 if is_zero(reading) else COUNTS
        if pins.get(reading) == STAYS:
            own += FORCED
        weight.append(best + own)
        before.append(previous)
    chain = []
    at = weight.index(max(weight)) if weight else None
    while at is not None:
        chain.append(readings[at])
        at = before[at]
    return chain[::-1]


def consumed(chain, pins, registers):
    """What a chain counted in some registers.

    A counter that falls has gone over its end, or it is one that a person
    accepted: there it was reset, and counts on from the new value.
    """
    sum_ = 0
    for a, b in zip(chain, chain[1:]):
        for i in registers:
            x, y = a[1][i], b[1][i]
            if x is None or y is None:
                continue
            if y >= x:
                sum_ += y - x
            elif pins.get(b) != STAYS or rolled(x, y, 2 * end_of(x)):
                sum_ += y - x + end_of(x)
    return sum_
