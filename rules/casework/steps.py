"""Every step of casework and of an order, one row each: all that is said of it besides its doing.

The row says from which states and facts a step may be taken, by whom, after which acts, what it
asks of the person, whether a file may tell of it and whether it can be taken back. Menu, forms,
command line, import and the tests of every step in every state follow it. A request (退单 延期
挂起) is a row of its own, as is each answer to it: asking changes no state, it only waits.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from rules.casework.appeal import (
    CALLBACKS,
    LIMITS_AFTER,
    OUTCOMES,
    RATING_CODES,
    RATINGS,
    RETURN_CODES,
    VERIFIED,
)
from rules.casework.asks import Ask, limit, reason, text, unit, words_of
from rules.casework.course import ANALYSIS
from rules.casework.verdicts import CALL_PURPOSES, CAUSES, EXCLUSIONS
from rules.clocks import NATURES, URGENCIES

TICKET_STATES = ("waiting", "dispatched", "acknowledged", "replied", "closed")

ANY_STATE = (*TICKET_STATES, ANALYSIS)


@dataclass(frozen=True, slots=True)
class Step:
    """One row: a verb and the states (``after``) from which it may be taken.

    ``actor`` is whose act it is (unit, centre, citizen); the operator who records it holds one of
    ``roles``. ``about`` is its help on the command line. ``needs`` are facts that must be true,
    ``bars`` facts that must not. ``follows`` names the acts it cannot have happened before.
    ``by_file``: states in which a file may tell of it, after the acts in ``file_follows``. ``does``
    is the function that does it, where that is not called as the verb; ``together``: once for all
    the matters chosen. ``anytime``: no change of the matter meanwhile makes it unsafe.
    ``asks_when``: a form asks when it happened, though it asks nothing else.
    """

    kind: str
    verb: str
    name: str
    actor: str
    after: tuple[str, ...]
    about: str = ""
    asks: tuple[Ask, ...] = ()
    needs: frozenset[str] = frozenset()
    bars: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset({"supervisor"})
    follows: tuple[str, ...] = ("received_at", "dispatched_at", "handed_at")
    by_file: tuple[str, ...] = ()
    file_follows: tuple[str, ...] = ()
    does: str = ""
    together: bool = False
    undoable: bool = True
    anytime: bool = False
    asks_when: bool = False

    @property
    def command(self) -> str:
        """How the command line calls what it does: ``send-back``."""
        return self.function.replace("_", "-")

    @property
    def function(self) -> str:
        """The name of the function that does it."""
        return self.does or self.verb


_WHY = reason("理由", needed=False, on_form=False)
_WITH_UNIT = ("dispatched", "acknowledged")
_OPEN = ("dispatched", "acknowledged", "replied")
_ISSUED = ("signed", "delivered", "received", "replied")
_REQUESTS = ("return_asked", "extension_asked", "pause_asked")
_HANDED = ("received_at", "dispatched_at", "handed_at")
_ORDERLY = frozenset({"supervisor", "signer"})
_APPROVING = frozenset({"signer", "administrator"})
_UNREVIEWED = ("open",)
_CAUSE = Ask("cause", "choice", "不满意原因", needed=False, choices=CAUSES, without="不写原因")
_REMARK = text("备注", "要记住的事，可不填", needed=False)
_LIMITS = Ask("limits", "choice", "时限", needed=False, choices=LIMITS_AFTER, on_form=False)
_CALLED = Ask("recording", "name", "录音编号", needed=False, on_form=False)


def _set(*facts: str) -> frozenset[str]:
    return frozenset(facts)


# fmt: off
STEPS: tuple[Step, ...] = (
    Step("ticket", "dispatch", "交办", "centre", ("waiting",),
         about="交办或转派：单位的时限从交办时起算；转派不重新起算。",
         asks=(unit(), Ask("co_units", "units", "协办单位", needed=False, on_form=False,
               option="co"), Ask("handler", "name", "首办责任人", needed=False, on_form=False),
               limit("另定的办结时限", needed=False, on_form=False), _WHY),
         follows=("received_at", "returned_at"), by_file=("waiting",),
         file_follows=("received_at",)),
    Step("ticket", "dispatch_within", "另定时限交办", "centre", ("waiting",), does="dispatch",
         asks=(unit(), limit("另定的办结时限"), reason("另定时限的理由",
               "办结时限和理由，例如 15wd 情况复杂，按市领导批示")),
         needs=_set("own_limit"), bars=_set("given"), follows=("received_at", "returned_at")),
    Step("ticket", "transfer", "转派", "centre", _WITH_UNIT, does="dispatch",
         asks=(unit(), Ask("handler", "name", "首办责任人", needed=False, on_form=False), _WHY),
         bars=_set(*_REQUESTS, "paused"),
         follows=(*_HANDED, "acknowledged_at", "contacted_at", "progressed_at"),
         by_file=_WITH_UNIT, file_follows=("received_at", "dispatched_at", "returned_at")),
    Step("ticket", "acknowledge", "签收", "unit", ("dispatched",),
         about="签收：登记单位已收下。",
         bars=_set("return_asked", "against_lead"),
         by_file=("dispatched",), file_follows=("dispatched_at",)),
    Step("ticket", "contact", "首次联系", "unit", _WITH_UNIT,
         about="首次联系：登记单位已联系诉求人。",
         asks=(text("联系情况", needed=False, on_form=False),),
         bars=_set("contacted", "against_lead"),
         by_file=_WITH_UNIT, file_follows=("dispatched_at",)),
    Step("ticket", "progress", "进度反馈", "unit", _WITH_UNIT,
         about="进度反馈：登记阶段性办理情况。",
         asks=(text("进度", "阶段性办理情况"),), bars=_set("paused", "against_lead"),
         follows=(*_HANDED, "progressed_at")),
    Step("ticket", "reply", "答复", "unit", _WITH_UNIT,
         about="答复：登记单位的答复意见，等待审核。",
         asks=(text("答复意见", "承办单位的答复意见"), Ask("outcome", "choice", "办理结果",
               needed=False, choices=words_of(OUTCOMES), on_form=False)),
         bars=_set("paused", "return_asked", "against_lead"),
         follows=(*_HANDED, "acknowledged_at", "progressed_at", "judged_at"),
         by_file=("waiting", *_WITH_UNIT),
         file_follows=("received_at", "dispatched_at", "judged_at")),
    Step("ticket", "close", "办结", "centre", _OPEN,
         about="办结：中心认可办理结果；不写结果则按单位所报。",
         asks=(Ask("outcome", "choice", "办理结果", needed=False,
               choices=words_of(OUTCOMES), without="按单位所报的结果"), _WHY),
         bars=_set("paused", "return_asked", "against_lead"),
         follows=(*_HANDED, "acknowledged_at", "replied_at"),
         by_file=("waiting", *_OPEN), file_follows=("received_at",)),
    Step("ticket", "send_back", "退回", "centre", ("replied",),
         about="退回：答复不合要求，时限照走。",
         asks=(reason("退回理由", "退回的理由"),), follows=("replied_at",)),
    Step("ticket", "ask_return", "申请退单", "unit", _WITH_UNIT,
         about="申请退单：登记单位的退单理由，时限照走。",
         asks=(Ask("code", "choice", "退单理由", choices=RETURN_CODES), reason("补充说明",
               "补充说明，可不填", needed=False)),
         bars=_set("return_asked", "arbitrated", "paused", "unreturnable", "return_over")),
    Step("ticket", "grant_return", "同意退单", "centre", _WITH_UNIT,
         about="同意退单：回到待派，或直接改派。",
         asks=(unit("改派的单位", needed=False,
               without="回到待派，由中心另行派单", having="直接改派其他单位.."), _WHY),
         needs=_set("return_asked"), bars=_set("last_return")),
    Step("ticket", "refuse_return", "不同意退单", "centre", _WITH_UNIT,
         about="不同意退单：仍由原单位办理。",
         asks=(reason("不同意的理由"),), needs=_set("return_asked"), bars=_set("last_return")),
    Step("ticket", "arbitrate", "分歧裁定", "centre", _WITH_UNIT,
         about="分歧裁定：末次退单由此裁定承办单位，不得再退。",
         asks=(unit(), reason("裁定理由", "裁定的理由")),
         needs=_set("last_return"), roles=_set("signer", "administrator")),
    Step("ticket", "ask_extension", "申请延期", "unit", _WITH_UNIT,
         about="申请延期：须在到期前，时限照走。",
         asks=(limit("延长多久", begins="5wd "), reason("延期理由",
               "延长多久和理由，例如 3wd 需联合执法")),
         bars=_set("extension_asked", "unextendable", "overdue", "extended", "paused",
               "suspended", "return_asked", "against_lead")),
    Step("ticket", "grant_extension", "同意延期", "centre", _OPEN,
         about="同意延期：从现到期时起顺延，原到期留存。",
         asks=(Ask("leader", "leader", "批准领导", needed=False, among="granting",
             without="规则没有要求，不写"),),
         needs=_set("extension_asked")),
    Step("ticket", "refuse_extension", "不同意延期", "centre", _OPEN,
         about="不同意延期：按原时限办理。",
         asks=(reason("不同意的理由"),), needs=_set("extension_asked")),
    Step("ticket", "ask_pause", "申请挂起", "unit", _WITH_UNIT,
         about="申请挂起：批准前时限照走。",
         asks=(reason("挂起理由", "挂起的理由：鉴定、检测、听证、诉讼等"),),
         bars=_set("pause_asked", "paused", "suspended", "return_asked", "against_lead",
               "unpausable")),
    Step("ticket", "grant_pause", "同意挂起", "centre", _WITH_UNIT,
         about="同意挂起：时限停走，须写批准依据。",
         asks=(limit("挂起多久", needed=False), text("批准依据",
               "批准依据：文书名称或文号；可先写挂起多久，例如 30d 鉴定委托书3号", name="approval"),
               Ask("since", "moment", "从何时起停", needed=False, on_form=False)),
         needs=_set("pause_asked")),
    Step("ticket", "refuse_pause", "不同意挂起", "centre", _OPEN,
         about="不同意挂起：时限照走。",
         asks=(reason("不同意的理由"),),
         needs=_set("pause_asked")),
    Step("ticket", "resume", "恢复", "centre", _WITH_UNIT,
         about="恢复：时限接着走，挂起的时间顺延。",
         asks=(_WHY,), needs=_set("paused")),
    Step("ticket", "join", "增加协办", "centre", _WITH_UNIT,
         about="增加协办：协办时限比主办少一个工作日。",
         asks=(unit(),), bars=_set("paused")),
    Step("ticket", "assist", "协办反馈", "unit", _OPEN,
         about="协办反馈：登记协办单位的意见。",
         asks=(unit(), text("协办意见", "协办单位的意见")), needs=_set("helped"),
         bars=_set("paused")),
    Step("ticket", "rate", "评价", "citizen", ("closed",),
         about="登记群众评价：对结果、对工作；不满意的转核查。",
         asks=(Ask("result", "choice", "群众满意", needed=False, choices=words_of(RATINGS),
               also=RATING_CODES), Ask("work_rating", "choice", "工作满意", needed=False,
               choices=words_of(RATINGS), also=RATING_CODES, option="work")),
         follows=("closed_at",), by_file=TICKET_STATES),
    Step("ticket", "callback", "回访", "centre", ("closed",),
         about="回访：登记谁打的、通没通、诉求人说了什么；未接通的换半天再打。",
         asks=(Ask("result", "choice", "回访结果", choices=words_of(CALLBACKS)), text("诉求人的话",
               "诉求人说了什么，未接通可不填", needed=False), Ask("caller", "name", "回访员",
               "不写为经办人", needed=False, on_form=False), _CALLED,
               Ask("purpose", "choice", "用途", needed=False, choices=CALL_PURPOSES,
               on_form=False), Ask("rating", "choice", "诉求人现在的评价", needed=False,
               choices=words_of(RATINGS), also=RATING_CODES, on_form=False)),
         roles=_set("supervisor", "caller"), follows=("closed_at",)),
    Step("ticket", "rework", "重办", "centre", ("closed",),
         about="重办：另起一轮，时限重新计算。",
         asks=(reason("重办理由", "重办的理由"), unit(needed=False, on_form=False),
               limit("时限", needed=False, on_form=False)),
         follows=("closed_at",)),
    Step("ticket", "reopen", "重新打开", "centre", ("closed",),
         about="重新打开：误办结的恢复办理，时限不重算。",
         asks=(reason("理由", "重新打开的理由"),), bars=_set("rated", "against_lead"),
         follows=("closed_at",)),
    Step("ticket", "urge", "催办", "centre", _WITH_UNIT,
         about="催办：每个单位一条；电话催办登记谁接的、答应了什么。",
         together=True, bars=_set("against_lead"),
         asks=(Ask("answered_by", "name", "接听人", needed=False,
               without="文字催办：每个单位一条，可复制", having="电话催办：登记接听人和答应的事"),
               text("答应的事项", "接听人：答应的事，例如 王科长：明天上午到场",
               name="promised", needed=False))),
    Step("ticket", "instruct", "登记批示", "centre", ("waiting", *_OPEN),
         about="登记批示：另有时限，办结前排在前面。",
         asks=(Ask("leader", "leader", "批示人"), text("批示内容",
               "批示内容；可先写时限，例如 3wd 请市水务局牵头解决"), limit("时限", needed=False)),
         follows=("received_at",)),
    Step("ticket", "fulfil", "批示办结", "centre", TICKET_STATES,
         about="批示办结：登记落实情况。",
         asks=(reason("落实情况"),),
         needs=_set("instructed"), follows=("received_at",)),
    Step("ticket", "note", "批注", "centre", ANY_STATE,
         about="批注：写下要记住的事，不改变办理状态。",
         asks=(text("批注", "要记住的事"),),
         follows=("received_at",), anytime=True),
    Step("ticket", "amend", "修改登记", "centre", ANY_STATE, does="retag",
         about="修改登记：性质、紧急程度、类别、渠道；不写 --limits 则现时限不变。",
         asks=(Ask("nature", "choice", "诉求性质", needed=False, choices=words_of(NATURES),
                   on_form=False), Ask("urgency", "choice", "紧急程度", needed=False,
                   choices=words_of(URGENCIES), on_form=False),
               Ask("category", "name", "类别", needed=False, on_form=False),
               Ask("channel", "name", "来源渠道", needed=False, on_form=False),
               _LIMITS, reason("理由", "从交办起算的，写明原登记错在哪里", needed=False)),
         follows=("received_at",)),
    Step("ticket", "relimit", "时限变更", "centre", ("waiting", *_OPEN),
         about="时限变更：来件改了性质等，现时限不变，还是另计新时限。",
         asks=(replace(_LIMITS, needed=True), _WHY), needs=_set("limits_asked")),
    Step("ticket", "accuse", "确认被举报单位", "centre", ANY_STATE,
         about="确认被举报单位：此件反映的是该单位或其工作人员，不交其办理，不给其看。",
         asks=(unit("被举报单位"),), bars=_set("carries"), follows=("received_at",)),
    Step("ticket", "absolve", "排除被举报单位", "centre", ANY_STATE,
         about="排除被举报单位：核对后确认此件反映的不是该单位。",
         asks=(unit("排除的单位"),), needs=_set("accused"), follows=("received_at",)),
    Step("review", "uphold", "维持·单位责任", "centre", _UNREVIEWED,
         about="维持不满意，属单位责任：评价照计。",
         asks=(_CAUSE, _REMARK), follows=("opened_at",)),
    Step("review", "excuse", "维持·非单位责任", "centre", _UNREVIEWED,
         about="维持不满意，不属单位责任；规则定为不计入考核的，须写证据并由另一人批准。",
         asks=(_CAUSE, reason("理由", "为什么不属单位责任"), text("证据", "规则要求时须写的材料",
               name="evidence", needed=False)), follows=("opened_at",)),
    Step("review", "rerate", "群众改评", "centre", _UNREVIEWED,
         about="群众改评：须有本中心接通的回访；原评价不改，另记一次。",
         asks=(Ask("result", "choice", "改评为", choices=words_of(RATINGS[:2]), also=RATING_CODES),
               text("诉求人的话", "接通时说了什么；已登记接通的可不填", needed=False), _CALLED),
         follows=("opened_at",)),
    Step("review", "rework", "退回重办", "centre", _UNREVIEWED,
         about="退回重办：另起一轮，时限重新计算。",
         asks=(_CAUSE, reason("重办理由", "重办的理由")), follows=("opened_at",)),
    Step("review", "supervise", "转督办", "centre", _UNREVIEWED,
         about="转督办：给承办单位拟一份督办单草稿。",
         asks=(_CAUSE, reason("转督办理由", "为什么要督办")), follows=("opened_at",)),
    Step("review", "exclude", "申请剔除", "centre", _UNREVIEWED,
         about="申请剔除：八种理由之一，写明证据，由另一人批准。",
         asks=(Ask("code", "choice", "剔除理由", choices=EXCLUSIONS),
               text("证据", "依据的材料和事实", name="evidence")), follows=("opened_at",)),
    Step("review", "unreached", "未接通另约", "centre", _UNREVIEWED,
         about="未接通另约：记一次未接通的回访，另一半天再打。",
         asks=(Ask("caller", "name", "回访员", "不写为经办人", needed=False, on_form=False),),
         follows=("opened_at",)),
    Step("review", "approve", "同意剔除", "centre", ("held",), roles=_APPROVING,
         about="同意剔除：另一人批准，从核后口径中剔除。",
         asks=(text("意见", "批准意见，可不填", name="decision", needed=False),),
         follows=("opened_at",)),
    Step("review", "refuse", "不同意剔除", "centre", ("held",), roles=_APPROVING,
         about="不同意剔除：退回核查，时限照走。",
         asks=(text("理由", "不同意的理由", name="decision"),), follows=("opened_at",)),
    Step("order", "amend", "修改", "centre", ("draft",), roles=_ORDERLY, undoable=False),
    Step("order", "sign", "签发", "centre", ("draft",), roles=_set("signer"), undoable=False),
    Step("order", "deliver", "送达", "centre", ("signed",),
         about="送达：签收时限开始计算。",
         roles=_ORDERLY, asks_when=True,
         follows=("signed_at",)),
    Step("order", "receive", "签收", "unit", ("delivered",),
         about="签收：登记单位已收到。",
         roles=_ORDERLY,
         asks=(Ask("received_by", "name", "签收人", "单位的签收人", option="by"),),
         follows=("delivered_at",)),
    Step("order", "feedback", "反馈", "unit", ("delivered", "received"),
         about="反馈：登记单位的办理情况。",
         roles=_ORDERLY, bars=_set("unanswerable"),
         asks=(text("反馈内容", "单位的办理情况"),), follows=("delivered_at",)),
    Step("order", "accept", "销号", "centre", ("replied",),
         about="销号：已核实办到位；不能只凭单位所报。",
         roles=_ORDERLY,
         asks=(Ask("verified", "choice", "核实方式", choices=VERIFIED),
               text("核实情况", "怎么核实的、现在怎样", name="note")),
         follows=("feedback_at",)),
    Step("order", "reject", "退回重报", "centre", ("replied",),
         about="退回：反馈不合要求，重新反馈，时限照走。",
         roles=_ORDERLY,
         asks=(reason("退回理由", "退回的理由"),), follows=("feedback_at",)),
    Step("order", "void", "作废", "centre", ("draft",),
         about="作废：文号保留、不再使用，不能撤销。",
         roles=_ORDERLY,
         asks=(reason("作废理由", "作废的理由"),), follows=(), undoable=False),
    Step("order", "void", "作废", "centre", _ISSUED, roles=_set("signer"),
         asks=(reason("作废理由", "作废的理由"),), follows=(), undoable=False),
)
# fmt: on
"""Every step. A verb may have several rows, with different states or roles."""

OWN_WHEN_MERGED = frozenset(
    {"rate", "callback", "note", "fulfil", "absolve", "rework", "amend", "relimit"}
)
"""Steps taken on an appeal by itself though it is merged (并单); all others are its lead's."""

LEAVING = frozenset({"dispatch", "reply", "send_back", "close", "rework", "reopen", "grant_return"})
"""An appeal on which one of these cannot be done leaves its lead; any other passes it by."""
