"""What the world of the knowledge base is made of: one module a kind, imported when that kind is first read."""
