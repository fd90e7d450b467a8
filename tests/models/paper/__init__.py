"""The bureau's templates as the store keeps them."""
