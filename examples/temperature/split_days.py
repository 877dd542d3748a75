#!/usr/bin/env python3
"""Splits a CSV file of readings into one file a day, as a machine would deliver them.

    python3 split_days.py FILE DIR        writes DIR/2013-12-02.csv and so on

The first field of each line is its time, written 2013-12-02 21:15:00. Lines stay as they are, in their order.
"""

import sys
from pathlib import Path


def split(file, folder):
    with open(file, encoding="utf-8", newline="") as lines:
        header = next(lines)
        days = {}
        for line in lines:
            days.setdefault(line[:10], []).append(line)
    folder.mkdir(parents=True, exist_ok=True)
    for day, readings in days.items():
        with open(folder / f"{day}.csv", "w", encoding="utf-8", newline="") as out:
            out.writelines([header, *readings])
    return len(days)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    print(f"{split(sys.argv[1], Path(sys.argv[2]))} days")
