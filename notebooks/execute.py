"""Executes notebooks, and writes each as a page, as a notebook with its results, and its pictures.

    python3 execute.py FOLDER NOTEBOOK…

FOLDER gets NAME.html, NAME.ipynb, and NAME-CELL.png for each cell that draws. A notebook whose tables are
not there is left out, and that is said; if all are, the exit code is 1. It is 1, too, if a cell fails.
"""

import base64
import sys
from pathlib import Path

import nbformat
from lake import NoTables, warehouse
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbconvert import HTMLExporter

SECONDS_A_CELL = 300


def say(text):
    print(f"notebooks: {text}", file=sys.stderr, flush=True)


def pictures(notebook):
    """Yields the id of each cell that draws, and what it draws, as PNG."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            picture = output.get("data", {}).get("image/png")
            if picture:
                yield cell.id, base64.b64decode(picture)


def execute(file, folder):
    """Executes one notebook; raises NoTables, or CellExecutionError."""
    notebook = nbformat.read(file, as_version=4)
    warehouse(notebook.metadata["warehouse"])
    say(f"executing {file.name} …")
    client = NotebookClient(notebook, timeout=SECONDS_A_CELL, resources={"metadata": {"path": str(file.parent)}})
    try:
        client.execute()
    finally:
        nbformat.write(notebook, folder / file.name)
    page, _ = HTMLExporter().from_notebook_node(notebook, {"metadata": {"name": file.stem}})
    (folder / f"{file.stem}.html").write_text(page, encoding="utf-8")
    for cell, picture in pictures(notebook):
        (folder / f"{file.stem}-{cell}.png").write_bytes(picture)
    say(f"wrote {folder / file.stem}.html")


def main(folder, files):
    done, failed = 0, 0
    for file in files:
        try:
            execute(file, folder)
            done += 1
        except NoTables as missing:
            say(f"{file.name} is left out: {missing}")
        except CellExecutionError as failure:
            say(f"{file.name} failed; what it did is in {folder / file.name}\n{failure}")
            failed += 1
    return 1 if failed or not done else 0


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1]), [Path(name).resolve() for name in sys.argv[2:]]))
