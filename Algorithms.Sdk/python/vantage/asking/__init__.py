"""From a question to a task that the Coordinator has taken: plan, seal, sign, send."""
