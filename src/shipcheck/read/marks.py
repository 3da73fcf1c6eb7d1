"""Which characters no file may hold."""

import re

# Control characters other than tab, line feed and carriage return, the line separators that YAML breaks lines at and editors do
# not, and the bidirectional controls of CVE-2021-42574.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]")
