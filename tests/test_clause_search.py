"""Searching the clauses: the right point first, whatever is typed, in whichever language."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from geo import paths
from geo.clause_search import mark, search
from geo.errors import DataError
from geo.plan import Plan, load_plan
from geo.search_text import tokens
from geo.search_words import read_search_words, search_words

PLAN = load_plan("us-28-point-2025-11")
IDS = [clause.id for clause in PLAN.clauses]
LANGUAGES = ("en", "uk", "zh")

FIRST = {
    "6": "600,000|600 000|600000|600 000|600 тис|600 тисяч|600k|60万|army size"
    "|чисельність ЗСУ|军队规模",
    "7": "NATO|nato|НАТО|北约",
    "9": "European|polland|Poland|винищувач|战斗机",
    "10(c)": "invades again|10c|point 10 (c)",
    "13(a)": "sanctions|sanction|санкції|санкцій|制裁",
    "14": "frozen assets|заморожені активи|заморожених активів|冻结资产|$100bn|100 млрд|1000亿",
    "10(b)": "напад України",
    "17": "nuclear weapons|ядерна зброя|START|new start|СНО|新削减战略武器条约",
    "19": "ZNPP|znpp|nuclear plant|plant nuclear|ЗАЕС|ЗАЭС|заес|атомна станція|атомної станції"
    "|扎波罗热|扎波罗热核电站|Enerhodar|50:50|50/50|50 : 50|50 50|50 на 50",
    "21": "21|point 21|пункт 21|п. 21|第21点|第二十一点|２１|21(z)",
    "21(a)": "Crimea|crimea|Крим|Криму|克里米亚|21a|Luhansk|визнання|承认",
    "21(b)": "Kherson|Херсон|赫尔松|line of contact",
    "21(c)": "Kinburn|Kharkiv|Харків|哈尔科夫|金布恩",
    "21(d)": "21(d)|21d|21 d|21 (d)|point 21(d)|пункт 21(d)|пункт 21 г|21(г)|第21点(d)|２１（ｄ）"
    "|buffer|BUFFER|buffe|bufer|buffer zone|what is the buffer zone"
    "|буферна|буферну|буферною|буферной|буф|缓冲区|缓冲"
    "|demilitarised|demilitarized|Слов’янськ|Слов'янськ|Sloviansk|顿巴斯",
    "24(a)": "prisoners of war|POW|полонені|полонених|战俘",
    "24(b)": "children|діти|дітей|儿童",
    "25": "elect|elections|вибори|виборів|выборы|选举|100 days",
    "26": "amnesti|amnesty|амністія|амністії|амністією|大赦|特赦",
    "27": "Trump|Peace Council|Трамп|特朗普",
    "28": "ceasefire|cease-fire|перемир|перемир’я|припинення вогню|停火|28",
}
QUERIES = [(query, clause) for clause, queries in FIRST.items() for query in queries.split("|")]


def found(query, **filters):
    return [hit.clause for hit in search(PLAN, query, **filters).hits]


def marks(text, words):
    return [piece for piece, hit in mark(text, words) if hit]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("query", "clause"), QUERIES)
def test_the_right_clause_comes_first(query, clause, language):
    assert search(PLAN, query, language).hits[0].clause == clause


def test_a_point_comes_before_its_parts_and_those_in_order():
    assert found("21")[:5] == ["21", "21(a)", "21(b)", "21(c)", "21(d)"]
    assert found("21(d)")[0] == "21(d)"
    assert "21(a)" not in found("21(d)")
    assert "12" not in found("2")
    assert "2" not in found("3"), "30 years are not 3"


def test_the_plant_comes_before_the_oblast_of_its_name():
    assert found("扎波罗热")[:2] == ["19", "21(b)"]


def test_a_second_word_narrows_the_search():
    assert set(found("nato troops")) < set(found("nato"))
    assert found("21 crimea")[0] == "21(a)"
    assert "21(d)" not in found("21 crimea")


def test_if_no_clause_has_all_words_those_that_go_by_one_of_them_come_first():
    assert found("克里米亚的地位是什么")[0] == "21(a)"
    assert found("Crimea under sanctions")[0] in {"21(a)", "13(a)"}


def test_a_word_that_no_clause_has_is_left_out_and_told():
    with_it = search(PLAN, "buffer xqzzt")
    assert [hit.clause for hit in with_it.hits] == found("buffer")
    assert with_it.unknown == ("xqzzt",)
    assert search(PLAN, "缓冲区龘").unknown == ("龘",)
    assert search(PLAN, "什么是缓冲区").unknown == ()
    assert search(PLAN, "缓冲区国").unknown == ("国",), "one character of many is no word"


def test_a_typing_error_is_mended_and_told():
    mended = search(PLAN, "bufer zone")
    assert mended.corrected == {"bufer": "buffer"}
    assert mended.words == ("buffer", "zone")
    assert search(PLAN, "словянск").corrected == {"словянск": "Слов’янськ"}
    assert search(PLAN, "buffer").corrected == {}
    assert search(PLAN, "права людини").corrected == {}, "людини is not родини mistyped"


def test_if_nothing_is_found_the_nearest_names_are_told():
    nothing = search(PLAN, "ceesfyre")
    assert (nothing.hits, nothing.nearest) == ((), ("28",))
    assert search(PLAN, "北药").nearest[0] == "7"
    assert search(PLAN, "xqzzt").nearest == ()
    assert search(PLAN, "buffer").nearest == ()


@pytest.mark.parametrize("query", ["", "   ", "\x00", "\u202e\u200f", "\t\n"])
def test_an_empty_query_finds_every_clause_in_the_order_of_the_plan(query):
    every = search(PLAN, query)
    assert [hit.clause for hit in every.hits] == IDS
    assert (every.marks, every.words) == (frozenset(), ())


@pytest.mark.parametrize(
    "query", ["amn\u200besty", "\u202eamnesty", "\x00amnesty", "ＡＭＮＥＳＴＹ", "Amnésty"]
)
def test_invisible_and_wide_characters_do_not_matter(query):
    assert found(query) == ["26"]
    assert search(PLAN, query).words == ("amnesty",)


@pytest.mark.parametrize("query", ["*", '"', "'", "(", "🙂", "--", "^", ":", "{}"])
def test_what_has_no_word_finds_nothing(query):
    assert search(PLAN, query).hits == ()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ('"amnesty"', ("amnesty",)),
        ("amnesty*", ("amnesty",)),
        ("title:amnesty", ("title", "amnesty")),
        ("NOT amnesty", ("not", "amnesty")),
        ("NEAR(amnesty)", ("near", "amnesty")),
        ("'; DROP TABLE clauses; -- amnesty", ("drop", "table", "amnesty")),
        ('" OR 1=1 -- amnesty', ("1", "1", "amnesty")),
    ],
)
def test_operators_of_a_database_are_plain_words(query, words):
    result = search(PLAN, query)
    assert result.words == tuple(dict.fromkeys(words))
    assert found("amnesty") == ["26"], "and nothing was dropped"
    assert "26" in [hit.clause for hit in result.hits]


def test_only_the_first_200_characters_are_read():
    assert found("buffer" + " " * 200 + "amnesty") == found("buffer")
    assert len("".join(search(PLAN, "ﬃ" * 10_000).words)) <= 200


def test_filters_keep_clauses_back_and_say_how_many():
    nato = found("NATO")
    military = search(PLAN, "NATO", topics=["military"])
    assert [hit.clause for hit in military.hits] == [
        clause for clause in nato if PLAN.clause(clause).topic == "military"
    ]
    assert military.hidden == len(nato) - len(military.hits) > 0
    land = search(PLAN, "", reaches=("land",), confidences=("text-only", "single"))
    assert {hit.clause for hit in land.hits} == {
        clause.id
        for clause in PLAN.clauses
        if clause.reach == "land" and clause.confidence in ("text-only", "single")
    }
    assert land.hits


def test_filtered_out_is_not_the_same_as_not_found():
    hidden = search(PLAN, "buffer", topics=["justice"])
    assert (hidden.hits, hidden.hidden, hidden.nearest) == ((), 1, ())


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("limited to 600,000 personnel", ["600000"], ["600,000"]),
        ("обмежені 600 000 осіб", ["600000"], ["600 000"]),
        ("обмежені 600\u00a0000 осіб", ["600,000"], ["600\u00a0000"]),
        ("上限为60万人", ["600 000"], ["60万"]),
        ("with $100bn of funds", ["100 млрд"], ["$100bn"]),
        ("and 1,600,000 more", ["600000"], []),
        ("Elections, electing and the elected", ["election"], ["Elections", "electing", "elected"]),
        ("стане «нейтральною буферною зоною»", ["буферна"], ["буферною"]),
        ("Про амністію та амністії", ["амністія"], ["амністію", "амністії"]),
        ("визнання чи визнань", ["визнання"], ["визнання", "визнань"]),
        ("У Слов’янську", ["слов'янськ"], ["Слов’янську"]),
        ("扎波罗热核电站的电力", ["核电站"], ["核电站"]),
        ("扎波罗热，扎波罗热核电站", ["扎波罗热"], ["扎波罗热", "扎波罗热"]),
        ("扎波罗热核电站", ["扎波罗热核", "热核电站"], ["扎波罗热核", "电站"]),
        ("as 21(d) says, 21 times", ["21(d)"], ["21(d)"]),
        ("<b>buffer</b>", ["buffer"], ["buffer"]),
        ("Бу\u0301фер\u0301, так", ["буфер"], ["Бу\u0301фер\u0301"]),
        ("nothing", [], []),
    ],
)
def test_every_form_of_a_word_is_marked(text, words, expected):
    assert marks(text, words) == expected


def test_what_a_search_found_is_marked_with_the_same_result_for_a_hit():
    result = search(PLAN, "elect")
    title = PLAN.clause("25").title["en"]
    assert marks(title, result) == ["Elections"]
    assert mark(title, result.hits[0]) == mark(title, result)
    assert marks("The buffer zone", search(PLAN, "bufer")) == ["buffer"]


def test_a_hit_says_where_it_is_seen_in_the_language_shown():
    def where(query, clause):
        return {hit.clause: hit.where for hit in search(PLAN, query, "en").hits}[clause]

    assert where("amnesty", "26") == "title"
    assert where("buffer", "21(d)") == "text"
    assert where("Kinburn", "23") == "silent"
    assert where("Chernihiv", "21(c)") == "readings"
    assert where("ZNPP", "19") == where("缓冲区", "21(d)") == "elsewhere"


def test_another_plan_is_searched_by_its_own_texts_in_each_language():
    data = PLAN.model_dump(by_alias=True, exclude_none=True)
    data |= {"id": "another", "terms": [], "summary": [], "headline_zone": None}
    data["clauses"] = [
        {
            **data["clauses"][0],
            "id": "3",
            "title": {"en": "Tea", "uk": "Заварений чай", "zh": "绿茶"},
            "silent": [],
        }
    ]
    other = Plan.model_validate(data)
    for language, query in (("en", "teas"), ("uk", "завареного чаю"), ("zh", "茶")):
        (hit,) = search(other, query, language).hits
        assert (hit.clause, hit.where) == ("3", "title")
        assert marks(other.clauses[0].title[language], hit)
    assert search(other, "ZNPP").hits == ()
    assert found("tea") != ["3"]


def test_many_readers_may_search_at_once():
    queries = [query for query, _ in QUERIES] * 3
    with ThreadPoolExecutor(8) as readers:
        assert list(readers.map(found, queries)) == [found(query) for query in queries]


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300), st.sampled_from(LANGUAGES))
@example("第十点(a", "zh")
@example("1'000'000.5.5 млрд", "uk")
@example("й" * 100 + "\u0301", "uk")
@example("\ud800 amnesty", "en")
def test_any_text_may_be_searched(query, language):
    result = search(PLAN, query, language)
    assert {hit.clause for hit in result.hits} <= set(IDS)
    for text in (PLAN.clause("21(d)").text["en"], query):
        assert "".join(piece for piece, _ in mark(text, result)) == text
        assert all(piece for piece, _ in mark(text, result))


LETTERS = st.text(alphabet="ab1(),. '’\u0301\u200b\u00adйібуферна缓冲区扎2０ﬁßİ", max_size=40)


@settings(max_examples=300, deadline=None)
@given(LETTERS, st.lists(LETTERS, max_size=3))
def test_marked_pieces_joined_are_the_text(text, words):
    pieces = mark(text, words)
    assert "".join(piece for piece, _ in pieces) == text
    assert all(piece for piece, _ in pieces)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(PLAN.clauses), st.data())
def test_any_word_of_a_title_finds_its_clause_and_is_marked(clause, data):
    title = clause.title[data.draw(st.sampled_from(sorted(clause.title)))]
    token = data.draw(st.sampled_from(tokens(title)))
    result = search(PLAN, title[token.start : token.end])
    assert clause.id in [hit.clause for hit in result.hits]
    assert any(hit for _, hit in mark(title, result))


def test_every_clause_has_search_words_in_three_languages():
    words = search_words()
    assert words.plan == PLAN.id
    assert list(words.clauses) == IDS
    assert {frozenset(lists) for lists in words.clauses.values()} == {frozenset(LANGUAGES)}


def names_of(clause):
    return {word for words in search_words().clauses[clause].values() for word in words}


@pytest.mark.parametrize("clause", IDS)
def test_every_search_word_lists_a_clause_first_that_has_it(clause):
    for words in search_words().clauses[clause].values():
        for word in words:
            first, *others = found(word)
            assert clause in [first, *others]
            assert word in names_of(first), f"{word!r} lists {first} first, which has it not"


@pytest.mark.parametrize(
    ("wrong", "right", "sentence"),
    [
        ('"21(d)":', '"21(e)":', "the plan has no clause '21(e)'; did you mean"),
        ("plan: us-28", "plan: us-29", "did you mean us-28-point-2025-11?"),
        ("common:", "uncommon:", "uncommon is not a key of the plan format"),
    ],
)
def test_wrong_search_words_are_told_with_their_line(tmp_path, wrong, right, sentence):
    text = paths.SEARCH_WORDS.read_text(encoding="utf-8")
    line = text[: text.index(wrong)].count("\n") + 1
    path = tmp_path / "search_words.yaml"
    path.write_text(text.replace(wrong, right), encoding="utf-8")
    with pytest.raises(DataError) as error:
        read_search_words(path)
    assert any(fault.line == line and sentence in str(fault) for fault in error.value.faults)
