"""Which characters no file may hold."""

import re

# Control characters other than tab, line feed and carriage return, the line separators that YAML breaks lines at and editors do
# not, the bidirectional controls of CVE-2021-42574, and the byte order mark: libyaml skips it at the start of any line, and so it
# indents the line without being seen.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")
# The ASCII bytes that every file may hold: what is printable, tab and the line breaks.
ORDINARY = bytes(range(0x20, 0x7F)) + b"\t\n\r"
