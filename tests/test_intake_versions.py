"""What agencies send again: corrections replace, withdrawals withdraw, embargoes hold. In whatever order they come."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from intake_samples import SAMPLES, Unread, news_item, news_message, ninjs
from recoupe.errors import InputError
from recoupe.intake.release import is_correction
from recoupe.intake.sources import Collector
from recoupe.ledger import Ledger
from recoupe.ledger.versions import superseded
from recoupe.model import Dispatch

BRIDGE, STRIKE, _ = SAMPLES
NOW = dt.datetime(2024, 3, 20, 12, tzinfo=dt.UTC)


def taken(path: Path, now: dt.datetime = NOW) -> list[Dispatch | InputError]:
    return list(Collector(now=now).collect([path]))


def newsml(tmp_path: Path, *items: str, package: str = "") -> list[Dispatch | InputError]:
    path = tmp_path / "wire.xml"
    path.write_text(news_message("".join(items), package), encoding="utf-8")
    return taken(path)


def one_ninjs(tmp_path: Path, item: dict[str, Any]) -> Dispatch | InputError:
    path = tmp_path / "wire.json"
    path.write_text(json.dumps(item), encoding="utf-8")
    (found,) = taken(path)
    return found


class TestNewsML:
    def test_a_signal_marks_a_correction(self, tmp_path: Path) -> None:
        (found,) = newsml(tmp_path, news_item(BRIDGE, version=2, meta='<signal qcode="sig:correction"/>'))
        assert isinstance(found, Dispatch)
        assert (found.status, found.version, found.ref) == ("corrected", "2", f"urn:newsml:lefleuve.example:{BRIDGE.slug}")

    def test_so_does_the_editors_note(self, tmp_path: Path) -> None:
        (found,) = newsml(tmp_path, news_item(BRIDGE, version=2, meta="<edNote>RECTIFICATIF : le bilan est de 3</edNote>"))
        assert isinstance(found, Dispatch)
        assert found.status == "corrected"
        assert found.extra["ednote"] == "RECTIFICATIF : le bilan est de 3"

    def test_what_is_under_embargo_is_not_read(self, tmp_path: Path) -> None:
        held = news_item(BRIDGE, meta="<embargoed>2024-03-21T06:00:00Z</embargoed>")
        refused, read = newsml(tmp_path, held, news_item(STRIKE))
        assert isinstance(refused, InputError)
        assert "under embargo until 2024-03-21T06:00:00Z" in str(refused)
        assert BRIDGE.slug in str(refused)
        assert isinstance(read, Dispatch)

    def test_it_is_once_the_embargo_has_ended(self, tmp_path: Path) -> None:
        (found,) = newsml(tmp_path, news_item(BRIDGE, meta="<embargoed>2024-03-19T06:00:00Z</embargoed>"))
        assert isinstance(found, Dispatch)
        assert found.published == "2024-03-19T06:00:00+00:00"

    def test_an_embargo_that_nobody_can_read_holds(self, tmp_path: Path) -> None:
        (refused,) = newsml(tmp_path, news_item(BRIDGE, meta="<embargoed>soon</embargoed>"))
        assert "embargo: 'soon' is no date" in str(refused)

    def test_what_is_withheld_is_not_read(self, tmp_path: Path) -> None:
        (refused,) = newsml(tmp_path, news_item(BRIDGE, status="withheld"))
        assert "it is withheld" in str(refused)

    def test_a_cancelled_item_is_a_withdrawal_even_without_words(self, tmp_path: Path) -> None:
        (found,) = newsml(tmp_path, news_item(BRIDGE, version=3, status="canceled", lines=""))
        assert isinstance(found, Dispatch)
        assert (found.status, found.version, found.title) == ("withdrawn", "3", "")

    def test_pictures_are_passed_over(self, tmp_path: Path) -> None:
        picture = news_item(STRIKE).replace("ninat:text", "ninat:picture")
        assert [isinstance(one, Dispatch) for one in newsml(tmp_path, news_item(BRIDGE), picture)] == [True]
        (refused,) = newsml(tmp_path, picture)
        assert "no text item in it, only 1 of pictures or sound" in str(refused)

    def test_a_package_whose_items_are_beside_it(self, tmp_path: Path) -> None:
        refs = f'<itemRef residref="urn:newsml:lefleuve.example:{BRIDGE.slug}"/>'
        package = (
            f'<packageItem guid="p"><groupSet root="g"><group id="g" role="group:main">{refs}</group></groupSet></packageItem>'
        )
        assert len(newsml(tmp_path, news_item(BRIDGE), package=package)) == 1
        *_, refused = newsml(tmp_path, news_item(STRIKE), package=package)
        assert "a package that names 1 items which are not in this file" in str(refused)

    def test_a_provider_that_is_a_code(self, tmp_path: Path) -> None:
        item = news_item(BRIDGE).replace(
            f'<provider literal="fleuve"><name>{BRIDGE.outlet}</name></provider>', '<provider qcode="nprov:AFP"/>'
        )
        (found,) = newsml(tmp_path, item)
        assert isinstance(found, Dispatch)
        assert (found.outlet, found.agency) == ("AFP", "AFP")

    def test_nitf_and_plain_text(self, tmp_path: Path) -> None:
        nitf = (
            '<contentSet><inlineXML contenttype="application/nitf+xml"><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body>'
            "<body.head><hedline><hl1>Le pont rouvre</hl1></hedline><byline>Par <person>Awa Sy</person></byline></body.head>"
            "<body.content><p>Le pont de Kayes a rouvert lundi.</p><p>Les camions passent.</p></body.content></body></nitf>"
            "</inlineXML></contentSet>"
        )
        words = "Le bac a repris son service.\n\nIl était arrêté."
        plain = f'<contentSet><inlineData contenttype="text/plain">{words}</inlineData></contentSet>'
        item = news_item(BRIDGE)
        start, end = item.index("<contentSet>"), item.index("</newsItem>")
        first, second = newsml(tmp_path, item[:start] + nitf + item[end:], item[:start] + plain + item[end:])
        assert isinstance(first, Dispatch)
        assert isinstance(second, Dispatch)
        assert first.text == "Le pont de Kayes a rouvert lundi.\nLes camions passent."
        assert first.extra["byline"] == "Par Awa Sy"
        assert second.text == "Le bac a repris son service.\nIl était arrêté."


class TestNinjs:
    @pytest.mark.parametrize(("major", "key"), [(1, "embargoed"), (2, "embargoed"), (3, "embargoedUntil")])
    def test_embargoes_of_each_dialect(self, tmp_path: Path, major: int, key: str) -> None:
        found = one_ninjs(tmp_path, {**ninjs(BRIDGE, major), key: "2024-04-01T00:00:00Z"})
        assert "under embargo until 2024-04-01" in str(found)

    @pytest.mark.parametrize(("major", "key"), [(1, "pubstatus"), (2, "pubstatus"), (3, "pubStatus")])
    @pytest.mark.parametrize(("status", "told"), [("withheld", "it is withheld"), ("canceled", "withdrawn")])
    def test_status_of_each_dialect(self, tmp_path: Path, major: int, key: str, status: str, told: str) -> None:
        found = one_ninjs(tmp_path, {**ninjs(BRIDGE, major), key: status})
        assert (found.status if isinstance(found, Dispatch) else told in str(found)) in (told, True)

    @pytest.mark.parametrize(("major", "key"), [(1, "ednote"), (2, "ednote"), (3, "edNote")])
    def test_corrections_of_each_dialect(self, tmp_path: Path, major: int, key: str) -> None:
        found = one_ninjs(tmp_path, {**ninjs(BRIDGE, major), key: "Corrects name of governor", "version": "2"})
        assert isinstance(found, Dispatch)
        assert (found.status, found.version) == ("corrected", "2")

    def test_a_picture_is_no_dispatch(self, tmp_path: Path) -> None:
        picture = {"uri": "urn:p", "type": "picture", "versioncreated": "2024-03-12T00:00:00Z", "headline": "Un pont"}
        assert "no text: an item of type picture" in str(one_ninjs(tmp_path, picture))


@pytest.mark.parametrize(
    "words", ["CORRECTION : titre", "Corrected: adds quote", "(Rectificatif) un mort et non deux", "REFILE-Ghana"]
)
def test_what_marks_a_correction(words: str) -> None:
    assert is_correction(words)


@pytest.mark.parametrize("words", ["", "Le pont rouvre", "Correctional officers strike", "adds correction"])
def test_what_does_not(words: str) -> None:
    assert not is_correction(words)


def version(dispatch: Dispatch, number: str | None, status: str = "usable", text: str = "") -> Dispatch:
    return msgspec.structs.replace(dispatch, id=f"v{number}{status}", version=number, status=status, text=text or dispatch.text)


def test_the_latest_version_stands(tmp_path: Path) -> None:
    (first,) = newsml(tmp_path, news_item(BRIDGE))
    assert isinstance(first, Dispatch)
    versions = [version(first, None), version(first, "2"), version(first, "10")]
    for order in itertools.permutations(versions):
        assert superseded(order) == {"vNoneusable", "v2usable"}
    assert superseded([*versions, version(first, "10", "withdrawn")]) == {"vNoneusable", "v2usable", "v10usable"}
    assert superseded([versions[0], msgspec.structs.replace(versions[0], id="same ref, another text")]) == set()


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_a_ledger_tells_the_latest_version_only(order: tuple[int, ...], tmp_path: Path) -> None:
    sent = newsml(
        tmp_path,
        news_item(BRIDGE),
        news_item(BRIDGE, version=2, meta='<signal qcode="sig:correction"/>', lines=BRIDGE.text.replace("trois", "quatre")),
        news_item(STRIKE),
    )
    with Ledger(":memory:", reader=Unread()) as ledger:
        for place in order:
            ledger.add(sent[place])  # type: ignore[arg-type]
        status = {(d.ref, d.title, d.status) for d in ledger.view().dispatches}
        standing = sorted(d.status for d in ledger.view().dispatches)
    assert len(status) == 3
    assert standing == ["corrected", "usable", "withdrawn"]


def test_a_withdrawal_without_words_reaches_the_dispatch(tmp_path: Path) -> None:
    sent = newsml(tmp_path, news_item(BRIDGE), news_item(BRIDGE, version=2, status="canceled", lines=""))
    with Ledger(":memory:", reader=Unread()) as ledger:
        for dispatch in sent:
            ledger.add(dispatch)  # type: ignore[arg-type]
        assert [d.status for d in ledger.view().dispatches] == ["withdrawn", "withdrawn"]
