"""社区警务群: what may be kept, minute limits, how fast."""
