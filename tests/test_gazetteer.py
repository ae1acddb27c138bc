"""The gazetteer: what it holds, and that a place is found by any of its names."""

from __future__ import annotations

import csv
import gzip
import io
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import paths
from geo.gazetteer import LONGEST_QUERY, Place, cleaned, control_dates, gazetteer, search
from geo.place_names import key, literal, romanised
from geo.reading import read_text
from geo.territories import territory_codes


def every_place() -> list[Place]:
    known = gazetteer()
    return [known.place(number) for number in range(len(known))]


def first(text: str) -> Place:
    return search(text)[0].place


def test_a_rebuild_gives_the_table_that_is_shipped(tmp_path, monkeypatch):
    from geo.build import gazetteer as build

    shipped = gzip.decompress(paths.GAZETTEER.read_bytes())
    monkeypatch.setattr(paths, "GAZETTEER", tmp_path / "gazetteer.csv.gz")
    build.build()
    assert gzip.decompress(paths.GAZETTEER.read_bytes()) == shipped


def test_the_same_table_gives_the_same_bytes(tmp_path):
    import pandas as pd

    from geo.build.gazetteer import write

    table = pd.DataFrame({"name_uk": ["Київ", "Бахмут"]})
    for name in ("one.gz", "two.gz"):
        write(tmp_path / name, table)
    assert (tmp_path / "one.gz").read_bytes() == (tmp_path / "two.gz").read_bytes()
    assert (tmp_path / "one.gz").read_bytes()[4:8] == b"\0\0\0\0", "the time it was written"


def test_every_settlement_of_the_codifier_is_there_once():
    places = every_place()
    codes = [place.katottg for place in places if place.katottg]
    assert len(codes) == len(set(codes)) == 29_703
    assert len({place.id for place in places}) == len(places)
    placed = [place for place in places if place.lat is not None]
    assert len(placed) > 17_500
    for place in placed:
        assert 44 < place.lat < 52.5
        assert 22 < place.lon < 40.3


def test_every_place_has_a_name_a_territory_and_a_kind():
    for place in every_place():
        assert place.name
        assert place.territory in territory_codes()
        assert place.kind in ("city", "settlement", "village", "part")
        assert (place.lat is None) == (place.lon is None)


def test_who_held_a_place_is_what_the_control_table_says():
    text = read_text(paths.REFERENCE / "settlement_control.csv.gz")
    rows = {row["geonameid"]: row for row in csv.DictReader(io.StringIO(text)) if row["geonameid"]}
    compared = 0
    for place in every_place():
        if place.held and place.geonameid:
            for date, side in place.held_on.items():
                assert rows[place.geonameid][f"held_{date.replace('-', '_')}"] == side
            compared += 1
    assert compared > 2000
    assert len(control_dates()) == 8
    assert (control_dates()[0], control_dates()[-1]) == ("2024-11-21", "2026-08-21")
    assert sum(bool(place.held) for place in every_place()) > 6450


def test_a_place_keeps_raion_and_hromada_of_the_codifier():
    town = first("Niu-York")
    assert town.raion_en == "Bakhmutskyi Raion"
    assert town.hromada_uk == "Торецька"
    assert first("Kyiv").raion == "UA80000000000093317"


@pytest.mark.parametrize(
    ("asked", "name", "territory"),
    [
        ("Avdiivka", "Avdiivka", "UA-14"),
        ("Авдіївка", "Avdiivka", "UA-14"),
        ("Авдеевка", "Avdiivka", "UA-14"),
        ("Pokrovsk", "Pokrovsk", "UA-14"),
        ("Красноармейск", "Pokrovsk", "UA-14"),
        ("Krasnoarmiisk", "Pokrovsk", "UA-14"),
        ("Kiev", "Kyiv", "UA-30"),
        ("КИЕВ", "Kyiv", "UA-30"),
        ("м. Київ", "Kyiv", "UA-30"),
        ("Artemivsk", "Bakhmut", "UA-14"),
        ("Артемовск", "Bakhmut", "UA-14"),
        ("Artemovsk", "Bakhmut", "UA-14"),
        ("Dnipropetrovsk", "Dnipro", "UA-12"),
        ("Днепропетровск", "Dnipro", "UA-12"),
        ("Краматорск", "Kramatorsk", "UA-14"),
        ("Slavyansk", "Sloviansk", "UA-14"),
        ("Слов'янськ", "Sloviansk", "UA-14"),
        ("Словянськ", "Sloviansk", "UA-14"),
        ("Sievierodonetsk", "Siverskodonetsk", "UA-09"),
        ("Severodonetsk", "Siverskodonetsk", "UA-09"),
        ("Novohrodivka", "Novohrodivka", "UA-14"),
        ("Zaporizhia", "Zaporizhzhia", "UA-23"),
        ("Запорожье", "Zaporizhzhia", "UA-23"),
        ("Николаев", "Mykolaiv", "UA-48"),
        ("Часов Яр", "Chasiv Yar", "UA-14"),
        ("Гуляй-Поле", "Huliaipole", "UA-23"),
        ("Червоноград", "Sheptytskyi", "UA-46"),
        ("Novomoskovsk", "Samar", "UA-12"),
        ("Kramatrosk", "Kramatorsk", "UA-14"),
        ("Mariupl", "Mariupol", "UA-14"),
        ("Dniprop", "Dnipro", "UA-12"),
    ],
)
def test_a_place_is_found_by_any_of_its_names(asked, name, territory):
    found = first(asked)
    assert (found.name, found.territory) == (name, territory)


def test_a_current_name_comes_before_a_former_one_and_that_before_a_start():
    assert [m.how for m in search("Sloviansk", limit=None)][:2] == ["exact", "other_name"]
    assert {m.how for m in search("Kramators", limit=None)} == {"prefix"}
    assert {m.how for m in search("Kramatorks", limit=None)} == {"typo"}
    assert search("Kramators", starts=False)[0].how == "typo"


def test_districts_neither_outrank_nor_repeat_their_city():
    found = [match.place for match in search("Kramatorsk", limit=None)]
    assert [place.kind for place in found] == ["city"]
    petrivka = search("Petrivka, Kramatorsk", limit=None)
    assert petrivka[-1].place.kind == "part"
    assert petrivka[0].place.kind != "part"


def test_homonyms_all_come_and_are_told_apart():
    everywhere = [match.place for match in search("Ivanivka", limit=None)]
    assert len(everywhere) > 100
    assert len(search("Ivanivka")) == 8
    kherson = [match.place for match in search("Іванівка Херсонська", limit=None)]
    assert len(kherson) > 3
    assert {place.territory for place in kherson} == {"UA-65"}
    assert kherson == [match.place for match in search("Ivanivka, Kherson", limit=None)]
    one = search("Ivanivka Henichesk raion", limit=None)
    assert [match.place.raion_en for match in one] == ["Henicheskyi Raion"]
    assert first("Kyiv, Mykolaiv oblast").territory == "UA-48"
    named = [m.place for m in search("Ivanivka", limit=None) if m.how == "exact"]
    populations = [place.population for place in named if place.kind != "part"]
    assert populations == sorted(populations, reverse=True)


def test_every_city_is_first_for_its_own_name():
    cities = [place for place in every_place() if place.kind == "city" and place.population > 20000]
    assert len(cities) > 150
    for city in cities:
        for name in (city.name_uk, city.name_en):
            best = first(name)
            assert best.id == city.id or best.population >= city.population, name


def test_romanisation_of_2010():
    for name, latin in {
        "Запоріжжя": "Zaporizhzhia",
        "Слов’янськ": "Sloviansk",
        "Згурівка": "Zghurivka",
        "Єнакієве": "Yenakiieve",
        "Їжакевичі": "Yizhakevychi",
        "Знам’янка": "Znamianka",
        "Щастя": "Shchastia",
        "Ґонта": "Gonta",
        "Яни-Капу": "Yany-Kapu",
    }.items():
        assert romanised(name) == latin
        assert key(name) == key(latin)


def test_spellings_of_one_name_share_a_key_and_other_names_do_not():
    assert len({key(name) for name in ("Харьков", "Харків", "Kharkiv", "Kharkov")}) == 1
    assert len({key(name) for name in ("Горлівка", "Горловка", "Horlivka", "GORLOVKA")}) == 1
    assert key("Згурівка") != key("Журівка")
    assert key("Бахмут") != key("Бахмач")
    assert literal("Кам’янець-Подільський") == literal("камянець подільський")


@settings(deadline=None)
@given(st.text())
def test_search_answers_any_text(text):
    for match in search(text):
        assert match.place.name


@given(st.text(alphabet=st.characters(categories=["Cc", "Cf", "Zs", "Lu", "Cs"]), max_size=300))
def test_what_is_shown_of_a_query_is_short_and_has_no_control_characters(text):
    shown = cleaned(text)
    assert len(shown) <= LONGEST_QUERY
    assert shown.isprintable()


@pytest.mark.parametrize(
    "text",
    [
        "x" * 10_000,
        "\0" * 500,
        "\u202eKyiv",
        "<img src=x onerror=alert(1)>",
        "'; DROP TABLE places; --",
        "../../etc/passwd",
        "((((((((" * 50,
        ", , , ,",
        "область",
        "\ud800",
        "🙂" * 40,
        "🙂, Kyiv",
    ],
)
def test_hostile_text_is_a_query_like_any_other(text):
    assert all(isinstance(match.place, Place) for match in search(text))


def test_unseen_marks_do_not_hide_a_town():
    assert first("\u200fKra\u00adma\0torsk\u202e"[:3] + "amatorsk").name == "Kramatorsk"
    assert first("\u202eKyiv\u200f").name == "Kyiv"
    assert first("  kyiv \t\n").name == "Kyiv"


def test_nearest_names_for_what_is_not_found():
    assert "Kramatorsk" in gazetteer().nearest_names("Krammmatttorsk")


def test_looking_towns_up_needs_no_table_library():
    code = (
        "import sys; from geo.gazetteer import search; import geo.lookup, geo.town_lists;"
        "assert search('Kyiv');"
        "print([m for m in ('geopandas', 'pandas', 'shapely') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr
