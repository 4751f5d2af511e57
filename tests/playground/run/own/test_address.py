"""The address of a server of the reader's own, however it is written."""

from __future__ import annotations

import pytest

from playground.catalog.endpoints import Wire
from playground.errors import RequestError
from playground.run.own.address import base_of, has_version, near
from tests.playground.run.own.written import WRITTEN, WRITTEN_FOR


@pytest.mark.parametrize(("written", "base"), WRITTEN.items())
def test_an_address_is_read_as_it_is_meant(written: str, base: str | None) -> None:
    if base is None:
        with pytest.raises(RequestError, match="address"):
            base_of(written)
    else:
        assert base_of(written) == base
        assert base_of(base) == base


@pytest.mark.parametrize("wire", WRITTEN_FOR)
def test_an_address_is_read_for_the_api_that_is_spoken_there(wire: Wire) -> None:
    for written, base in WRITTEN_FOR[wire].items():
        assert (written, base_of(written, wire)) == (written, base)
        assert base_of(base, wire) == base


def test_hosts_of_ones_own_machine_and_network_are_known() -> None:
    assert [near(host) for host in ("localhost", "127.0.0.1", "::1")] == [(True, False)] + [(True, True)] * 2
    assert near("192.168.0.1") == near("100.100.1.1") == near("nas.lan") == (False, True)
    assert near("api.example.com") == near("1.1.1.1") == (False, False)


def test_a_version_is_one_of_the_path() -> None:
    assert has_version("http://localhost/v1")
    assert has_version("http://localhost/v1beta/openai")
    assert not has_version("http://v1.localhost/openai")
