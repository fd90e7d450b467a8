"""The demo city: invented, and the same whenever seed, size and now are the same."""

from seed.demo.city import SIZES, appeals, tickets_of

__all__ = ["SIZES", "appeals", "tickets_of"]
