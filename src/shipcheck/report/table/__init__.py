"""Any table of a command, one module a format: `text`, `markdown`, `csv` and `json`.

Each prints the cells that are there; what a row is about is a cell too. Outputs of commands put these parts together.
"""
