"""How well the kit does what it says, measured on the gold annotations (data/gold)."""
