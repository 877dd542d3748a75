"""Where the notebooks find their tables, and how their pictures look."""

import os
from pathlib import Path

import matplotlib.pyplot as plt
from matplotlib.ticker import FuncFormatter

_ROOT = Path(__file__).resolve().parent.parent

# By name: the variable that tells where the warehouse is, where it is without one, what makes it.
_WAREHOUSES = {
    "shop": ("SHOP_WAREHOUSE", ".assay/demo/warehouse", "bin/assay demo"),
    "retail": (
        "RETAIL_WAREHOUSE",
        ".assay/online-retail",
        "bin/assay --project examples/online-retail run (see examples/online-retail/README.md)",
    ),
}

INK = "#33373d"
BLUE, ORANGE, GREEN, RED, GREY = "#2b6cb0", "#dd8a1f", "#2f8f6b", "#c0392b", "#b5bcc4"

# Pounds, also in thousands, for the axes of pictures.
pounds = FuncFormatter(lambda value, _: f"{'−' if value < 0 else ''}£{abs(value):,.0f}")
thousands = FuncFormatter(lambda value, _: f"£{value / 1000:,.0f}k")


class NoTables(Exception):
    """There is no warehouse where one was looked for; the message says what makes it."""


def warehouse(name):
    """The folder of a warehouse's tables, "shop" or "retail"; NoTables if gold is not there."""
    variable, default, command = _WAREHOUSES[name]
    folder = Path(os.environ.get(variable) or _ROOT / default).resolve()
    if not (folder / "gold").is_dir():
        raise NoTables(f"no tables in {folder}: make them with {command}, or name another warehouse in {variable}")
    return folder


def style():
    """Sets how all pictures of a notebook look."""
    plt.rcParams.update(
        {
            "figure.figsize": (8, 4),
            "figure.dpi": 110,
            "figure.constrained_layout.use": True,
            "axes.titlesize": 12,
            "axes.titleweight": "bold",
            "axes.titlelocation": "left",
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.edgecolor": GREY,
            "axes.labelcolor": INK,
            "axes.grid": True,
            "axes.axisbelow": True,
            "grid.color": "#e6e9ec",
            "text.color": INK,
            "xtick.color": INK,
            "ytick.color": INK,
            "legend.frameon": False,
            "axes.prop_cycle": plt.cycler(color=[BLUE, ORANGE, GREEN, RED, "#7d5ba6", "#5a6b7b", "#c77da8", "#3fb3c4"]),
        }
    )


def heatmap(axes, rows, columns, shares):
    """Draws shares of one as coloured cells with their percentages; None is left blank."""
    values = [[float("nan") if share is None else share for share in row] for row in shares]
    known = [share for row in shares for share in row if share is not None]
    top = max(known)
    axes.imshow(values, cmap="Blues", vmin=0, vmax=top, aspect="auto")
    for y, row in enumerate(shares):
        for x, share in enumerate(row):
            if share is not None:
                axes.text(x, y, f"{share:.0%}", ha="center", va="center", color="white" if share > top * 0.6 else INK)
    axes.set_xticks(range(len(columns)), columns)
    axes.set_yticks(range(len(rows)), rows)
    axes.grid(False)
    axes.spines[:].set_visible(False)
