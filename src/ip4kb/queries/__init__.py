"""The questions, as pure functions over the records: one module a question."""
