"""专题 and 特殊时期 as a person meets them: screen and command line."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from console.campaigns.campaign_offer import offer_campaign as offer_campaign
    from console.campaigns.screen import CampaignsScreen as CampaignsScreen

__getattr__, __dir__ = lazily(
    __name__,
    {
        "campaign_offer": ("offer_campaign",),
        "screen": ("CampaignsScreen",),
    },
)
