"""docs/protocol.md in Python, written from that page alone. Section numbers below are its own."""
