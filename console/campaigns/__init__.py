"""专题 and 特殊时期 as a person meets them: screen and command line."""
