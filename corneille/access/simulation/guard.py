"""The guard with its memory in a dictionary: the same `decide`, the same counting, a thousand times faster."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from corneille.access.decide import Decision, Granted, NeedsFactor, decide
from corneille.access.facts import AppPasswordFacts, Counted, Factors, Facts, Proof, SecondProof
from corneille.access.policy import Policy
from corneille.access.reason import Why

RIGHT = "right"
OLD = "old"
"""The password before this one: recognised, never counted."""


@dataclass(frozen=True, slots=True)
class Try:
    """One made-up attempt.

    secret           RIGHT, OLD, or any other text: a wrong password
    is_owner         whose try it is, for the report only: the guard does not know
    has_second       whether who tries can give a second proof
    """

    at: datetime
    account: str
    network: str
    secret: str
    door: str = "web"
    is_owner: bool = False
    is_known_device: bool = False
    is_known_place: bool = False
    is_declared_network: bool = False
    is_app_password: bool = False
    has_second: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What the guard decided, and whether it looked at the password (a guess that was granted to an attacker)."""

    decision: Decision
    is_looked_at: bool
    is_second_asked: bool


@dataclass(slots=True)
class Guard:
    """One policy and what was counted so far."""

    policy: Policy
    _pairs: dict[tuple[str, str], dict[str, datetime]] = field(default_factory=dict)
    _accounts: dict[str, dict[str, datetime]] = field(default_factory=dict)
    _networks: dict[str, dict[str, datetime]] = field(default_factory=dict)

    def attempt(self, tried: Try) -> Answer:
        """Decides as `access/sign_in` does, and remembers what it remembers."""
        answer = self.judge(tried)
        source = _name_source(tried)
        if answer.is_looked_at and _prove(tried) is Proof.WRONG:
            self._count(tried, source)
        if isinstance(answer.decision, Granted) and tried.door == "web":
            self._pairs.pop((tried.account, source), None)
        return answer

    def judge(self, tried: Try) -> Answer:
        """The decision alone, with a second proof given at once by who has one."""
        facts = self._gather(tried)
        decision = decide(facts, self.policy, tried.at)
        if facts.proof is not Proof.PENDING or not isinstance(decision, NeedsFactor):
            return Answer(decision, is_looked_at=False, is_second_asked=False)
        facts = replace(facts, proof=_prove(tried))
        decision = decide(facts, self.policy, tried.at)
        is_asked = isinstance(decision, NeedsFactor) and decision.why is not Why.NOT_PROVED
        if is_asked and tried.has_second:
            given = Factors(enrolled=("totp",), second=SecondProof.RIGHT, second_kind="totp")
            decision = decide(replace(facts, factors=given), self.policy, tried.at)
        return Answer(decision, is_looked_at=True, is_second_asked=is_asked)

    def _gather(self, tried: Try) -> Facts:
        since = tried.at - self.policy.memory
        pair = tuple(at for at in self._pairs.get((tried.account, _name_source(tried)), {}).values() if at > since)
        account_count = 0
        for at in self._accounts.get(tried.account, {}).values():
            account_count += at > since
            if account_count >= self.policy.account_after:
                break
        lately = tried.at - self.policy.spray_memory
        network = tuple(at for at in self._networks.get(tried.network, {}).values() if at > lately)
        return Facts(
            tried.door,
            Proof.APP_PASSWORD if tried.is_app_password else Proof.PENDING,
            is_known=True,
            is_known_device=tried.is_known_device,
            is_known_place=tried.is_known_place,
            is_declared_network=tried.is_declared_network,
            app_password=AppPasswordFacts(frozenset({"imap", "smtp", "dav"})),
            counted=Counted(pair=pair, account_count=account_count, network=network),
        )

    def _count(self, tried: Try, source: str) -> None:
        self._pairs.setdefault((tried.account, source), {}).setdefault(tried.secret, tried.at)
        if not tried.is_known_device:
            self._accounts.setdefault(tried.account, {}).setdefault(tried.secret, tried.at)
            self._networks.setdefault(tried.network, {}).setdefault(tried.account, tried.at)


def _prove(tried: Try) -> Proof:
    if tried.secret == RIGHT:
        return Proof.PASSWORD
    return Proof.OLD_PASSWORD if tried.secret == OLD else Proof.WRONG


def _name_source(tried: Try) -> str:
    return f"device of {tried.account}" if tried.is_known_device else tried.network
