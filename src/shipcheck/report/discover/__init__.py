"""The output of `shipcheck discover`, one module a format.

`tables` makes the tables of a discovery, which all formats for people and spreadsheets print; `values` has the texts of their
cells.
"""
