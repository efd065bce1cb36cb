"""The forms of an analysis: one for each kind of row."""

from ..models import Commitment, ContinuityPlan, Dependency, Item, Measure, Risk, Supplier, Vulnerability
from .continuity import DependencyForm, MeasureForm, PlanForm, SupplierForm
from .risks import CommitmentForm, RiskForm, VulnerabilityForm
from .row_forms import ItemForm

__all__ = ["FORMS", "ItemForm"]

FORMS: dict[type[Item], type[ItemForm]] = {
    Commitment: CommitmentForm,
    Risk: RiskForm,
    Vulnerability: VulnerabilityForm,
    Dependency: DependencyForm,
    Supplier: SupplierForm,
    ContinuityPlan: PlanForm,
    Measure: MeasureForm,
}
