"""What all tests need."""

from __future__ import annotations

import signal

# A shell that starts the tests in the background has them ignore interrupts, and the commands that they start inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)
