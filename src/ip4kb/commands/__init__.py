"""The commands of `python -m ip4kb`: what each takes, and what it prints."""
