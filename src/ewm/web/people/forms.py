"""The form of an account: whose it is, and what it may do where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ewm.capture.accounts.roles import OF_A_CLUSTER, Role
from ewm.capture.accounts.services import Grant
from ewm.capture.forms.fields import Boxes, label_of
from ewm.capture.taxonomies.models import Cluster

if TYPE_CHECKING:
    from ewm.capture.accounts.models import Account
    from ewm.errors import RefusedError

_PREFIX = "cluster-"
_EVERYWHERE = [(role.value, role.label) for role in Role if role not in OF_A_CLUSTER]
_IN_A_CLUSTER = [("", _("keine Rolle")), *((role.value, role.label) for role in Role if role in OF_A_CLUSTER)]


class AccountForm(forms.Form):
    """Name, address, roles: one choice per cluster, and those that hold everywhere."""

    name = forms.CharField(label=_("Name"), max_length=150)
    email = forms.EmailField(
        label=_("E-Mail-Adresse"), max_length=254, help_text=_("Mit ihr meldet sich die Person an.")
    )
    everywhere = forms.MultipleChoiceField(
        label=_("Rollen für alle Cluster"), choices=_EVERYWHERE, widget=Boxes, required=False
    )
    vars(everywhere)["optional"] = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for cluster in Cluster.objects.order_by("position"):
            field = forms.ChoiceField(label=label_of(cluster), choices=_IN_A_CLUSTER, required=False)
            vars(field)["optional"] = False  # fourteen times "(optional)" says less than none
            self.fields[f"{_PREFIX}{cluster.cluster_id}"] = field

    def of_clusters(self) -> list[Any]:
        """Return the fields of the clusters."""
        return [self[name] for name in self.fields if name.startswith(_PREFIX)]

    def grants(self) -> list[Grant]:
        """Return the roles that were chosen; the form must be valid."""
        everywhere = [Grant(Role(role)) for role in self.cleaned_data["everywhere"]]
        return everywhere + [
            Grant(Role(role), name.removeprefix(_PREFIX))
            for name, role in self.cleaned_data.items()
            if name.startswith(_PREFIX) and role
        ]

    def refuse(self, error: RefusedError) -> None:
        """Show at the fields what the service refused."""
        for refusal in error.refusals:
            self.add_error(refusal.field if refusal.field in self.fields else None, refusal.message)


def initial_of(account: Account) -> dict[str, Any]:
    """Return what the form of an account shows first."""
    held = list(account.memberships.all())
    clusters = {f"{_PREFIX}{each.cluster_id}": each.role for each in held if each.cluster_id}
    everywhere = [each.role for each in held if not each.cluster_id]
    return {"name": account.name, "email": account.email, "everywhere": everywhere, **clusters}
