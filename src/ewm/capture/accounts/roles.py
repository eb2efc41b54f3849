"""Roles, rights, and which role has which right: the one table that decides what anybody may do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping


class Role(models.TextChoices):
    """What an account is for; the first two hold for one cluster each."""

    CLUSTER_MANAGER = "cluster_manager", _("Clustermanagement")
    CLUSTER_VIEWER = "cluster_viewer", _("Lesezugang Cluster")
    EVALUATOR = "evaluator", _("Evaluation")
    MINISTRY = "ministry", _("Ministerium")
    ADMINISTRATOR = "administrator", _("Administration")


OF_A_CLUSTER = frozenset({Role.CLUSTER_MANAGER, Role.CLUSTER_VIEWER})
"""Roles that an account has for a cluster; the others hold everywhere."""


class Right(models.TextChoices):
    """What a page asks for."""

    PUBLIC = "public", _("ohne Anmeldung")
    SIGN_IN = "sign_in", _("angemeldet")
    READ = "read", _("Einträge lesen")
    RECORD = "record", _("Einträge anlegen und ändern")
    ASK = "ask", _("Fragen stellen und abschließen")
    FREEZE = "freeze", _("Datenstand festhalten")
    APPROVE = "approve", _("freigeben")
    ADMINISTER = "administer", _("Konten verwalten")


RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.CLUSTER_MANAGER: frozenset({Right.READ, Right.RECORD, Right.FREEZE}),
    Role.CLUSTER_VIEWER: frozenset({Right.READ}),
    Role.EVALUATOR: frozenset({Right.READ, Right.ASK, Right.FREEZE}),
    Role.MINISTRY: frozenset({Right.READ, Right.APPROVE}),
    Role.ADMINISTRATOR: frozenset({Right.ADMINISTER}),
}
