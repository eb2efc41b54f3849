"""Addresses of explanations are stable, safe and never shared."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ewm.errors import ContentError
from ewm.report.html import slugs as module
from ewm.report.html.slugs import slug, slugs


def test_a_slug_is_readable_and_the_same_for_ever() -> None:
    assert slug("A-01/new_project/2020/actor_type=company,size_class=micro/n") == (
        "a-01-new-project-2020-actor-type-company-size-class-micro-n-38927e"
    )


def test_ids_that_read_alike_get_addresses_of_their_own() -> None:
    assert slug("P-01:new") != slug("P-01/new")


@given(st.text(max_size=300))
def test_a_slug_is_safe_in_addresses_and_on_every_file_system(identifier: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug(identifier))
    assert len(slug(identifier)) <= 87


def test_a_shared_address_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "slug", lambda identifier: identifier[0])

    with pytest.raises(ContentError, match="„ab“ und „ac“"):
        slugs(["ab", "ac"])
