"""Results of versions, read, paired and measured."""
