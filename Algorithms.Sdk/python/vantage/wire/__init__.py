"""The conversation with a Coordinator (docs/protocol.md, section 13). Nothing said here has to be trusted."""
