"""Repositories of one shape and any size: what honest ones look like when they are large."""

from collections.abc import Callable, Iterable
from itertools import combinations, islice

TEAMS = 'teams:\n  own: {contact: "#own"}\n  risk: {contact: "#risk"}\n  payables: {contact: "#payables"}\n'
EFFECTS = ("payments", "communication", "publication", "data_change", "deployment", "access_control", "code_execution")


def _section(name: str, entries: Iterable[str]) -> str:
    return f"{name}:\n" + "".join(f"  {entry}\n" for entry in entries)


def _named(count: int, body: Callable[[int], str], letter: str) -> list[str]:
    return [f"{letter}{number}: {{{body(number)}}}" for number in range(count)]


def each_with_its_own(agents: int) -> dict[str, str]:
    """Agents that each call an ungated action of their own."""
    return {
        "agents.shipcheck.yaml": _section("agents", _named(agents, lambda n: f"owner: own, calls: [x{n}]", "a")),
        "actions.shipcheck.yaml": _section("actions", _named(agents, lambda _: "owner: own, sensitivity: high", "x")),
    }


def tree(agents: int) -> dict[str, str]:
    """Agents that each delegate to two others, with no use case."""

    def body(n: int) -> str:
        return f"owner: own, delegates_to: [a{(2 * n + 1) % agents}, a{(2 * n + 2) % agents}]"

    return {"agents.shipcheck.yaml": _section("agents", _named(agents, body, "a"))}


def chain(agents: int) -> dict[str, str]:
    """Agents that can each be started from outside and delegate to the next; the last can do harm."""
    entries = _named(agents, lambda n: f"owner: own, entry: true, delegates_to: [a{n + 1}]", "a")
    return {
        "agents.shipcheck.yaml": _section("agents", [*entries, f"a{agents}: {{owner: own, calls: [x]}}"]),
        "actions.shipcheck.yaml": "actions: {x: {owner: own, sensitivity: high}}\n",
    }


def shared_servers(agents: int) -> dict[str, str]:
    """Agents of many teams on shared servers, every action gated by the one of sixty gates that covers its effects."""
    teams, servers = max(agents // 10, 1), max(agents // 50, 3)
    covered = [", ".join(some) for some in islice((c for size in (1, 2, 3) for c in combinations(EFFECTS, size)), 60)]
    gate = (
        "owner: risk, decided_by: human, timing: before, decisions: [approve, reject], approvers: [risk], on_timeout: deny, "
        "on_unavailable: deny, fires_in: [interactive], asker_may_approve: false, enforced_in: queue"
    )
    return {
        "agents.shipcheck.yaml": _section(
            "agents",
            _named(
                agents,
                lambda n: (
                    f"owner: t{n % teams}, connects_to: [s{n % servers}, s{(7 * n + 1) % servers}, s{(3 * n + 2) % servers}], "
                    "unattended: false, audited_by: [log]"
                ),
                "a",
            ),
        ),
        "servers.shipcheck.yaml": _section(
            "tool_servers",
            _named(
                servers,
                lambda n: (
                    f"owner: t{n % teams}, transport: stdio, pinned: true, version: 1.4.0, provider: shop, "
                    "tools: listed, untrusted: false, credentials: {identity: user, scope: needed}, "
                    f"offers: [{', '.join(f'x{15 * n + offered}' for offered in range(15))}]"
                ),
                "s",
            ),
        ),
        "actions.shipcheck.yaml": _section(
            "actions",
            _named(
                15 * servers,
                lambda n: (
                    f"owner: t{n % teams}, sensitivity: high, reversible: false, effects: [{covered[n % 60]}], "
                    f"guarded_by: [g{n % 60}], audited_by: [log]"
                ),
                "x",
            ),
        ),
        "gates.shipcheck.yaml": _section(
            "gates", _named(60, lambda n: f"{gate}, verifies_approver: true, covers: [{covered[n]}], audited_by: [log]", "g")
        )
        + "audit_sinks:\n  log: {owner: risk, purpose: audit, retention_days: 3650, tamper_evident: true, on_failure: stop, "
        "records: [decision, input, output, approver, time]}\n",
        "teams.shipcheck.yaml": _section("teams", _named(teams, lambda n: f'contact: "#t{n}", members: [m{n}, n{n}]', "t"))
        + "systems: {queue: {owner: risk}}\n",
    }


def empty(agents: int) -> dict[str, str]:
    """Agents that declare nothing."""
    return {"agents.shipcheck.yaml": _section("agents", _named(agents, lambda _: "", "a"))}


def one_portfolio(use_cases: int) -> dict[str, str]:
    """Use cases of one portfolio in eight rounds, half of them rejected, with scores of every kind."""

    def body(n: int) -> str:
        scores = (
            f"value: {{score: {1 + n % 5}}}, data_readiness: {{score: {1 + n % 4}}}, integration_cost: {{score: {1 + n % 3}}}"
        )
        result = "selected" if n % 2 else "rejected"
        return f"owner: own, portfolio: p, decision: {{result: {result}, round: r{n % 8}}}, scorecard: {{{scores}}}"

    return {"use-cases.shipcheck.yaml": "portfolios: {p: {owner: own}}\n" + _section("use_cases", _named(use_cases, body, "u"))}


SHAPES: dict[str, Callable[[int], dict[str, str]]] = {
    "each with its own": each_with_its_own,
    "tree": tree,
    "chain": chain,
    "shared servers": shared_servers,
    "empty": empty,
    "one portfolio": one_portfolio,
}


def files(shape: str, size: int) -> dict[str, str]:
    """The manifests of a repository of this shape and about this many components."""
    parts = SHAPES[shape](size)
    return {"shipcheck.yaml": f"shipcheck: 1\n{TEAMS}", **{name: f"shipcheck: 1\n{text}" for name, text in parts.items()}}
