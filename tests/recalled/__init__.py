"""Documents of the genre written from memory by two testers who did not know the rules, with their annotations."""
