#!/usr/bin/env python3
"""Counts what the online-retail project must show, from the CSV files alone.

Nothing of Assay is used here: only Python's csv and decimal. The tests run this script and compare.

    python3 count_customers.py DIR        prints one JSON object

DIR holds the daily CSV files. The facts:

  lines, without_customer, cancellations, repeats, gross
      of every line; a repeat is a line that equals an earlier line of the same file in every field
  clean_lines, clean_gross
      of lines with a customer, not cancelled, with a quantity and a price above zero
  customers, versions
      a customer's country by invoice time, over every line with a CustomerID, cancellations
      included. Each line is an event of its customer, ordered by InvoiceDate. The first event opens a
      version; an event with another country closes it and opens the next.

Two different countries of one customer at the same time would have to be settled by their content.
The data has no such case; the script stops if one appears, rather than guess.
"""

import csv
import json
import sys
from collections import defaultdict
from decimal import Decimal
from pathlib import Path


def read(folder):
    """Yields (whether the line repeats an earlier one of its file, the line)."""
    files = sorted(Path(folder).glob("*.csv"))
    if not files:
        sys.exit(f"no CSV files in {folder}")
    for file in files:
        seen = set()
        with open(file, encoding="utf-8", newline="") as text:
            for line in csv.DictReader(text):
                fields = tuple(line.values())
                yield fields in seen, line
                seen.add(fields)


def is_clean(line):
    return (
        line["CustomerID"] != ""
        and not line["InvoiceNo"].startswith("C")
        and int(line["Quantity"]) > 0
        and Decimal(line["UnitPrice"]) > 0
    )


def versions(countries_by_time):
    """How many versions one customer has: 1, and 1 more for every change of country."""
    count, previous = 0, None
    for time, countries in sorted(countries_by_time.items()):
        if len(countries) > 1:
            sys.exit(f"two countries of one customer at {time}: {sorted(countries)}")
        (country,) = countries
        count += country != previous
        previous = country
    return count


def count(folder):
    facts = defaultdict(int)
    gross = clean_gross = Decimal(0)
    customers = defaultdict(lambda: defaultdict(set))
    for repeated, line in read(folder):
        amount = int(line["Quantity"]) * Decimal(line["UnitPrice"])
        facts["lines"] += 1
        facts["repeats"] += repeated
        facts["cancellations"] += line["InvoiceNo"].startswith("C")
        facts["without_customer"] += line["CustomerID"] == ""
        gross += amount
        if is_clean(line):
            facts["clean_lines"] += 1
            clean_gross += amount
        if line["CustomerID"]:
            customers[line["CustomerID"]][line["InvoiceDate"]].add(line["Country"])
    facts["customers"] = len(customers)
    facts["versions"] = sum(versions(times) for times in customers.values())
    return {**facts, "gross": str(gross), "clean_gross": str(clean_gross)}


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    print(json.dumps(count(sys.argv[1]), indent=2))
