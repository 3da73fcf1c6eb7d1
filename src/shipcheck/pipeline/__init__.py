"""The steps that commands share: what prepares, loads, judges and compares. A command in app puts them in order."""
