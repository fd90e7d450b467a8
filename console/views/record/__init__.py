"""F8 留痕: the record, searched."""
