"""What a review may end with, why a citizen was unsatisfied, what is kept out of assessment."""

from __future__ import annotations

VERDICTS = {
    "unit": "维持·单位责任",
    "other": "维持·非单位责任",
    "rerated": "群众改评",
    "rework": "退回重办",
    "order": "转督办",
    "excluded": "申请剔除",
}
"""核查结论, by the code that is kept (DESIGN §5 "Review")."""

CAUSES = {
    "unsolved": "未解决",
    "slow": "拖延",
    "attitude": "态度",
    "silent": "未联系",
    "beside": "答非所问",
    "rules": "政策所限",
    "hopes": "期望过高",
    "mistake": "误评",
}
"""不满意原因 (DOMAIN, appendix B)."""

EXCLUSIONS = {
    "area": "超出管辖范围",
    "legal": "已进入诉讼、信访等法定程序",
    "unlawful": "诉求不合法律法规政策",
    "secret": "涉及秘密、隐私或违背公序良俗",
    "untrue": "反映情况不属实",
    "beyond": "超出合理范围",
    "hearing": "经听证认定不予支持",
    "malicious": "恶意反复投诉",
}
"""剔除理由: the eight for which a matter may be kept out of the ranking (DOMAIN §3.4)."""

EXCLUSION_KINDS = {"exclude": "剔除", "excuse": "维持·非单位责任，不计入考核"}
"""What a second person is asked for: to leave a matter out, or an unsatisfied rating of it."""

CALL_PURPOSES = {"review": "核查回访", "sample": "满意件抽样回访", "recheck": "改评抽查"}
"""For what the centre calls a citizen."""

_ASKED = (
    "您反映的事，承办单位联系过您吗？怎么办的？",
    "现在情况怎样？",
    "对办理结果，您自己的评价是满意、基本满意，还是不满意？",
)

CALL_QUESTIONS = {
    "review": _ASKED,
    "sample": _ASKED,
    "recheck": ("前几天有人为这件事给您打过回访电话吗？当时怎么问的？", _ASKED[-1]),
}
"""What a citizen is asked for each purpose, in words that lead to no answer."""

REVIEW_STATES = ("none", "open", "held", "decided")
"""No review of the round, undecided, waiting for a second person, decided."""

DISPUTES = {"return": "末次退单", "objection": "单位异议"}
"""派单争议: whence they come."""

OBJECTIONS = {"data": "数据异议", "dispatch": "派单异议", "rating": "评价异议"}
"""What a unit may dispute: lateness and figures, that it is handed a matter, a verdict."""

OBJECTION_WORDS = {
    word: code for code, name in OBJECTIONS.items() for word in (code, name, name[:2])
}
"""What people write for each: 数据异议, 数据 or data."""

REVIEW_COUNTS = {
    "due": "应核",
    "decided": "已核",
    "upheld": "维持",
    "rerated": "改评",
    "excluded": "剔除",
    "reworked": "重办",
    "ordered": "转督办",
    "waiting": "待核",
}
"""What is counted of the reviews of a unit, and what it is called."""
