"""What the kit costs in time and memory, beside what anyone would use instead."""
