"""How each control stands after a run."""

from shipcheck.evaluate.controls import judge_controls
from shipcheck.model.control import JudgedCatalogue
from shipcheck.pipeline.bundled_catalogues import load_catalogues
from shipcheck.pipeline.comparison import Base, Compared
from shipcheck.pipeline.prepare import Prepared


def by_control(prepared: Prepared, base: Base | None, compared: Compared) -> tuple[JudgedCatalogue, ...]:
    """How each control stands that any policy in use could speak of, whether or not the policy was asked for.

    Where something could not be judged, nothing was.
    """
    plans = (prepared.plan, base.tip.plan) if base is not None and base.decides else (prepared.plan,)
    packs = {catalogue.name: catalogue for plan in plans for pack in plan.packs for catalogue in pack.catalogues}
    policies = [*(policy for plan in plans for policy in plan.policies), *compared.judged]
    return judge_controls((*load_catalogues(), *packs.values()), policies, () if compared.problems else compared.results)
