"""What a run found out, before it is laid out in tables."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from landeff.link.enterprises import Identity
from landeff.pipeline.config import Config
from landeff.pipeline.judge import Judged
from landeff.pipeline.land import Land
from landeff.pipeline.load import Inputs
from landeff.pipeline.money import Money
from landeff.pipeline.scoring import Scoring
from landeff.pipeline.supply_land import SupplyLand


@dataclass(frozen=True, slots=True)
class Found:
    """Inputs as they were used, and the facts of each phase.

    Attributes:
        identity: who the enterprises are; ``batches``: which supply record is of which approval.
        evidence: what rasters say of parcels and zones.
    """

    config: Config
    inputs: Inputs
    identity: Identity
    land: Land
    evidence: pd.DataFrame
    batches: SupplyLand
    money: Money
    judged: Judged
    scored: Scoring
