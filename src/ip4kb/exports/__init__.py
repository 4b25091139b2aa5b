"""The whole knowledge base in formats that others read. Named in the plural, as `ip4kb.export` is the question."""
