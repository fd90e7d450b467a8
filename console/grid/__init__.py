"""微邻里: what people do with places."""
