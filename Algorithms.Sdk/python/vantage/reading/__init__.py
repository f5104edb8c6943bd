"""From an ended run to its content: fetched, verified, decrypted."""
