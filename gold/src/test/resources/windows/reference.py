"""Makes events that come late and out of order, and says which windows they make.

It knows of windows only what the documentation says: reference.py FOLDER EVENTS BATCHES SEED.
"""

import csv
import pathlib
import random
import sys

MINUTE = 60_000_000
LATENESS = 10 * MINUTE


def events(count, seed):
    """Events of some hours, in the order in which they come: (id, visitor, type, micros, amount)."""
    chance = random.Random(seed)
    start = 1_767_225_600_000_000
    made = []
    for number in range(count):
        happened = start + number * 24 * 60 * MINUTE // count + chance.randrange(MINUTE)
        delay = chance.randrange(9 * MINUTE)
        if chance.random() < 0.02:
            delay = chance.randrange(5 * 60 * MINUTE)
        visitor = "v%04d" % min(int(chance.expovariate(0.004)), 3000)
        made.append((happened + delay, (number, visitor, chance.choice("abc"), happened, chance.randrange(10_000))))
    made.sort()
    return [event for _, event in made]


def tumbling(time):
    begin = time - time % (5 * MINUTE)
    return [(begin, begin + 5 * MINUTE)]


def sliding(time):
    begin = time - time % (5 * MINUTE)
    return [(begin, begin + 10 * MINUTE), (begin - 5 * MINUTE, begin + 5 * MINUTE)]


def sessions_of(times, gap):
    """Maximal runs of times no further apart than the gap: (start, end, times)."""
    found = []
    for time in sorted(times):
        if found and time - found[-1][1] <= 0:
            found[-1][1] = time + gap
            found[-1][2].append(time)
        else:
            found.append([time, time + gap, [time]])
    return found


def on_time(batches, floor):
    """Splits the events by whether they came before their windows were closed; and the last watermark."""
    watermark, newest, kept, late = None, None, [], []
    for batch in batches:
        for event in batch:
            (late if watermark is not None and event[3] < watermark else kept).append(event)
        newest = max([event[3] for event in batch] + ([] if newest is None else [newest]))
        watermark = floor(newest - LATENESS)
    return kept, late, watermark


def write(path, rows):
    with open(path, "w", newline="") as file:
        csv.writer(file).writerows(rows)


def windows(batches, assign, folder, name):
    kept, late, watermark = on_time(batches, lambda time: time - time % (5 * MINUTE))
    groups = {}
    for _, visitor, kind, time, amount in kept:
        for window in assign(time):
            if window[1] <= watermark:
                group = groups.setdefault(window + (kind,), [0, 0, set()])
                group[0] += 1
                group[1] += amount
                group[2].add(visitor)
    write(folder / (name + ".csv"), [key + (g[0], g[1], len(g[2])) for key, g in groups.items()])
    write(folder / (name + "_late.csv"), [[event[0]] for event in late])


def sessions(batches, folder, name, gap):
    kept, late, watermark = on_time(batches, lambda time: time)
    visitors = {}
    for _, visitor, _, time, _ in kept:
        visitors.setdefault(visitor, []).append(time)
    rows = [
        (start, end, visitor, len(times))
        for visitor, all_times in visitors.items()
        for start, end, times in sessions_of(all_times, gap)
        if end < watermark
    ]
    write(folder / (name + ".csv"), rows)
    write(folder / (name + "_late.csv"), [[event[0]] for event in late])


def main():
    folder = pathlib.Path(sys.argv[1])
    count, number, seed = map(int, sys.argv[2:5])
    all_events = events(count, seed)
    chance = random.Random(seed + 1)
    cuts = sorted(chance.sample(range(1, count), number - 1))
    batches = [all_events[a:b] for a, b in zip([0] + cuts, cuts + [count])]
    for batch in batches:
        chance.shuffle(batch)
    write(folder / "events.csv", [(n + 1,) + event for n, batch in enumerate(batches) for event in batch])
    windows(batches, tumbling, folder, "tumbling")
    windows(batches, sliding, folder, "sliding")
    sessions(batches, folder, "visits", 7 * MINUTE)


main()
