"""The characters that no file may contain."""

import re

# Control characters other than tab, line feed and carriage return, the line separators that break lines in YAML but not in
# editors, the bidirectional controls of CVE-2021-42574, and the byte order mark: libyaml skips it at the start of any line, so it
# indents the line invisibly.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")
# The ASCII bytes that every file may contain: printable characters, tab and line breaks.
ORDINARY = bytes(range(0x20, 0x7F)) + b"\t\n\r"
