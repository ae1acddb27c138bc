"""A reader writes a plan of their own: in a form and as text, kept, shared, undone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from geo.drafts.limits import LONGEST_KEPT
from geo.drafts.packing import pack
from geo.drafts.reading import read_own
from geo.drafts.writing import write_yaml
from pages.parts.view import PAGES
from tests.drafts import text
from tests.test_plan_hostile import evil_plan

MARK = "A reader’s own plan, nobody’s proposal"
KEPT = "terms-of-territory.own-plan"


@pytest.fixture(autouse=True)
def patient():
    """A change wakes a whole page; where many pages are open, that takes its time."""
    expect.set_options(timeout=30_000)
    yield
    expect.set_options(timeout=5_000)


def button(reader, name: str, within: str = ".stMain"):
    return reader.page.locator(within).get_by_role("button", name=name, exact=True)


def field(reader):
    return reader.page.get_by_label("Your plan as YAML")


def put(reader, written: str) -> None:
    """Write a whole text at once, as pasting does; ``fill`` types each line by itself."""
    field(reader).evaluate(
        """(area, written) => { area.focus(); area.value = written;
        area.dispatchEvent(new Event("input", {bubbles: true})); }""",
        written,
    )


def status_of(reader, zone: str) -> str:
    """The classes of a zone on the map."""
    return reader.frame.evaluate(
        "(zone) => [...document.querySelectorAll('path.zone')]"
        ".find((path) => path.dataset.zone === zone).getAttribute('class')",
        zone,
    )


def wait_for_status(reader, zone: str, status: str) -> None:
    reader.frame.wait_for_function(
        "([zone, status]) => [...document.querySelectorAll('path.zone')].some((path) =>"
        " path.dataset.zone === zone && path.classList.contains(`zone-${status}`))",
        arg=[zone, status],
    )


def begin(open_page, path="/write?plan=us-28-point-2025-11", **options):
    reader = open_page(path, ready=False, **options)
    reader.page.set_default_timeout(60_000)
    button(reader, "Write a plan from it").click()
    expect(reader.page.locator(".st-key-head")).to_contain_text(MARK)
    expect(field(reader)).not_to_have_value("")
    return reader


def choose(reader, label: str, *options: str) -> None:
    box = reader.page.locator(".stForm").get_by_label(label, exact=True)
    # A list that opens closes again when the page scrolls under it.
    box.evaluate("(box) => box.scrollIntoView({block: 'center', behavior: 'instant'})")
    reader.page.wait_for_timeout(300)
    for option in options:
        box.fill(option)
        reader.page.get_by_role("option", name=option, exact=True).click()
    box.press("Escape")


def saved(reader, what: str = "term") -> None:
    """Save the form that is open, and wait until the page has taken it."""
    button(reader, f"Save the {what}").click()
    expect(reader.page.locator(".stForm")).to_have_count(0)
    settled(reader)


def settled(reader) -> None:
    """Wait until the script has answered: what is typed into a form before that is lost."""
    reader.page.wait_for_timeout(300)
    expect(reader.page.locator(".stApp")).to_have_attribute("data-test-script-state", "notRunning")


def row_of(reader, *words: str):
    row = reader.page.locator("[class*=st-key-term_], [class*=st-key-clause_]").filter(
        has=reader.page.locator(".term")
    )
    for word in words:
        row = row.filter(has_text=word)
    return row.first


def cede_kherson(reader) -> None:
    """Kherson, which was frozen along the line with Zaporizhzhia, is ceded whole."""
    for side in ("Russia", "Ukraine"):
        row_of(reader, "Frozen", f"Kherson Oblast, the part {side} holds").get_by_role(
            "button", name="Change"
        ).click()
        settled(reader)
        land = reader.page.locator(".stForm").get_by_label("Land", exact=True)
        land.press("Backspace")
        land.press("Backspace")
        choose(reader, "Land", f"Zaporizhzhia Oblast, the part {side} holds")
        saved(reader)
    button(reader, "Add a term").click()
    settled(reader)
    choose(reader, "Land", "Kherson Oblast (whole)")
    choose(reader, "Clause", "21: Territories")
    choose(reader, "Status", "Ceded")
    choose(reader, "Treated as", "Russian")
    saved(reader)


def delete_21d(reader) -> None:
    reader.page.get_by_text("Clauses", exact=True).last.click()
    row_of(reader, "21(d)", "one term").get_by_role("button", name="Delete").click()
    expect(reader.page.get_by_text("Deleted: 21(d), and with it 1 term.")).to_be_visible()


def shared_link(reader) -> str:
    reader.page.get_by_text("A link that carries your plan").click()
    return reader.page.locator("#own_plan_link").inner_text()


def test_a_plan_is_changed_shared_opened_elsewhere_reloaded_and_undone(open_page, address):
    reader = begin(open_page)
    wait_for_status(reader, "UA-65-ukraine", "frozen_line")
    cede_kherson(reader)
    wait_for_status(reader, "UA-65-ukraine", "ceded")
    wait_for_status(reader, "UA-65-russia", "ceded")
    wait_for_status(reader, "UA-23-ukraine", "frozen_line")
    wait_for_status(reader, "UA-14-ukraine", "demilitarized")
    delete_21d(reader)
    wait_for_status(reader, "UA-14-ukraine", "ceded")
    link = shared_link(reader)

    reader.page.get_by_role("link", name="Ledger").first.click()
    table = reader.page.locator(".st-key-ledger_table")
    expect(table).to_contain_text("Kherson Oblast")
    expect(table).not_to_contain_text("Demilitarized")
    expect(reader.page.locator(".st-key-head")).to_contain_text(MARK)

    other = open_page(link.removeprefix(address))
    expect(other.page.locator(".st-key-head")).to_contain_text(MARK)
    for zone in ("UA-65-ukraine", "UA-65-russia", "UA-14-ukraine"):
        wait_for_status(other, zone, "ceded")
    assert "#" not in other.page.url
    other.page.reload()
    expect(other.page.locator(".st-key-head")).to_contain_text(MARK)
    wait_for_status(other, "UA-14-ukraine", "ceded")
    other.page.goto(address + "/write?plan=own")
    expect(field(other)).to_have_value(reader_text(other))
    assert 'id: "21(d)"' not in reader_text(other)

    reader.page.get_by_role("link", name="Write").first.click()
    button(reader, "Undo").click()
    wait_for_status(reader, "UA-14-ukraine", "demilitarized")
    assert reader.errors == other.errors == []


def reader_text(reader) -> str:
    return reader.page.evaluate("(key) => localStorage.getItem(key)", KEPT)


def test_broken_text_is_kept_told_line_by_line_and_the_last_sound_plan_stays(open_page):
    reader = begin(open_page)
    whole = field(reader).input_value()
    line = whole[: whole.index("status: demilitarized")].count("\n") + 1
    put(reader, whole.replace("status: demilitarized", "status: demilitarised"))
    messages = reader.page.locator(".st-key-plan_messages")
    expect(messages).to_contain_text("did you mean demilitarized?")
    wait_for_status(reader, "UA-14-ukraine", "demilitarized")
    messages.get_by_role("button", name=f"Line {line}").click()
    marked = "(area) => area.value.slice(area.selectionStart, area.selectionEnd)"
    assert field(reader).evaluate(marked).strip() == "status: demilitarised"
    reader.page.reload()
    expect(field(reader)).to_have_value(whole.replace("demilitarized", "demilitarised"))
    expect(messages).to_contain_text("did you mean demilitarized?")
    put(reader, whole)
    expect(messages).to_contain_text("The plan is sound.")


def test_what_is_typed_is_kept_before_any_answer_to_it(open_page):
    reader = begin(open_page)
    whole = field(reader).input_value()
    field(reader).evaluate(
        """(area) => { area.value += "# a last thought\\n";
        area.dispatchEvent(new Event("input", {bubbles: true})); location.reload(); }"""
    )
    expect(field(reader)).to_have_value(whole + "# a last thought\n")


def test_typing_goes_on_while_the_script_answers(open_page):
    reader = begin(open_page)
    area = field(reader)
    area.evaluate("(area) => area.setSelectionRange(0, 0)")
    area.focus()
    typed = "# one two three four five six seven eight nine ten"
    for character in typed:
        reader.page.keyboard.type(character, delay=60)
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_timeout(1500)
    assert area.input_value().startswith(typed + "\nschema: 1")
    expect(reader.page.locator(".st-key-plan_messages")).to_contain_text("The plan is sound.")


def test_enter_goes_on_below_and_tab_leaves_the_field(open_page):
    reader = begin(open_page)
    area = field(reader)
    area.evaluate(
        """(area) => { const end = area.value.indexOf("\\n", area.value.indexOf("  en:"));
        area.focus(); area.setSelectionRange(end, end); }"""
    )
    reader.page.keyboard.press("Enter")
    assert area.evaluate("(a) => a.value.slice(a.selectionStart - 3, a.selectionStart)") == "\n  "
    reader.page.keyboard.press("Tab")
    assert not area.evaluate("(area) => area === document.activeElement")
    expect(reader.page.locator(".st-key-plan_messages")).to_contain_text("The plan is sound.")


def test_control_z_outside_of_fields_undoes_a_change_of_the_plan(open_page):
    reader = begin(open_page)
    row_of(reader, "23", "Dnipro").get_by_role("button", name="Delete").click()
    gone = reader.page.locator(".st-key-plan_terms .term", has_text="Dnipro")
    expect(gone).to_have_count(0)
    reader.page.locator(".st-key-write_lead h2").click()
    reader.page.keyboard.press("Control+z")
    expect(gone).to_have_count(1)
    reader.page.keyboard.press("Control+Shift+z")
    expect(gone).to_have_count(0)


def test_markup_in_a_plan_is_shown_as_text_on_every_page(open_page):
    reader = begin(open_page, "/write?plan=us-28-point-2025-11&territory=UA-14")
    put(reader, write_yaml(evil_plan()))
    expect(reader.page.locator(".st-key-head h1")).to_contain_text("alert(1)")
    link = shared_link(reader)
    reader.page.goto("about:blank")
    reader.page.goto(link)
    expect(reader.page.locator(".st-key-head h1")).to_contain_text("<img src=x")
    for path in PAGES.values():
        reader.turn_to(path)
        expect(reader.page.locator(".st-key-head h1")).to_contain_text("<img src=x")
        assert "territory=UA-14" in reader.page.url
        for evil in ("img[src=x]", "[onerror]", "[onmouseover]", 'a[href^="javascript:"]'):
            assert reader.page.locator(evil).count() == 0, (path, evil)
    assert reader.errors == []


def test_a_plan_in_a_link_does_not_destroy_the_one_that_is_written(open_page, address):
    reader = begin(open_page)
    link = shared_link(reader).removeprefix(address)
    mine = field(reader).input_value() + "# mine\n"
    put(reader, mine)
    settled(reader)
    reader.page.goto("about:blank")
    reader.page.goto(address + link)
    expect(reader.page.get_by_text("A link opened another plan.")).to_be_visible()
    reader.page.reload()
    button(reader, "Bring back my plan", ".stApp").click()
    expect(reader.page.get_by_text("A link opened another plan.")).to_have_count(0)
    reader.page.get_by_role("link", name="Write").first.click()
    expect(field(reader)).to_have_value(mine)


def test_after_two_links_the_readers_own_writing_can_still_be_brought_back(open_page, address):
    reader = begin(open_page)
    mine = field(reader).input_value() + "# mine\n"
    put(reader, mine)
    settled(reader)
    for title in ("The first", "The second"):
        plan = read_own(text(title={"en": title}, short_title={"en": title}))
        reader.page.goto("about:blank")
        reader.page.goto(f"{address}/?plan=own#own={pack(plan)}")
        expect(reader.page.get_by_text("A link opened another plan.")).to_be_visible()
        expect(reader.page.locator(".st-key-head")).to_contain_text(title)
    button(reader, "Bring back my plan", ".stApp").click()
    expect(reader.page.get_by_text("A link opened another plan.")).to_have_count(0)
    reader.page.get_by_role("link", name="Write").first.click()
    expect(field(reader)).to_have_value(mine)
    reader.page.wait_for_function(
        "([key, text]) => localStorage.getItem(key) === text", arg=[KEPT, mine]
    )


def test_a_tab_that_has_no_plan_leaves_alone_what_another_put_aside(open_page, address):
    reader = open_page("/", ready=True)
    aside = "terms-of-territory.own-plan-before"
    keep = "([key, text]) => localStorage.setItem(key, text)"
    for key in (KEPT, aside):
        reader.page.evaluate(keep, [key, text()])
    reader.page.get_by_role("link", name="Ledger").first.click()
    expect(reader.page.locator(".st-key-ledger_table")).to_be_visible()
    settled(reader)
    for key in (KEPT, aside):
        assert reader.page.evaluate("(key) => localStorage.getItem(key)", key) == text()


def test_undone_back_to_no_plan_there_is_none_after_a_reload_either(open_page):
    reader = begin(open_page)
    reader.page.wait_for_function("(key) => localStorage.getItem(key)", arg=KEPT)
    button(reader, "Undo").click()
    expect(field(reader)).to_have_value("")
    reader.page.wait_for_function("(key) => localStorage.getItem(key) === null", arg=KEPT)
    reader.page.reload()
    expect(button(reader, "Write a plan from it")).to_be_visible()
    settled(reader)
    expect(field(reader)).to_have_value("")


def test_a_text_too_long_to_be_taken_stays_in_the_browser_over_a_reload(open_page):
    reader = begin(open_page)
    whole = field(reader).input_value()
    line = "# " + "x" * 97 + "\n"
    long = whole + line * (LONGEST_KEPT // len(line))
    told = reader.page.get_by_text("It stays in this field and is kept in this browser")
    put(reader, long)
    expect(told).to_be_visible()
    reader.page.locator(".st-key-write_lead h2").click()
    settled(reader)
    reader.page.reload()
    expect(told).to_be_visible()
    assert field(reader).input_value() == long
    assert reader_text(reader) == long
    put(reader, whole)
    expect(reader.page.locator(".st-key-plan_messages")).to_contain_text("The plan is sound.")
    reader.page.wait_for_function(
        "([key, text]) => localStorage.getItem(key) === text", arg=[KEPT, whole]
    )


@pytest.mark.parametrize("letters", ["AAAA", "%3Cscript%3E", "eJ", "A" * 70_000])
def test_a_broken_plan_in_a_link_is_told_in_a_sentence(open_page, letters):
    reader = open_page(f"/?line=2025-11-21#own={letters}")
    expect(reader.page.get_by_text("The plan in this link cannot be read:")).to_be_visible()
    assert reader.errors == []


def test_a_forgotten_plan_is_gone_from_the_browser_and_can_be_undone(open_page):
    reader = begin(open_page)
    expect(field(reader)).not_to_have_value("")
    reader.page.wait_for_function("(key) => localStorage.getItem(key)", arg=KEPT)
    button(reader, "Forget my plan").click()
    expect(field(reader)).to_have_value("")
    reader.page.wait_for_function("(key) => localStorage.getItem(key) === null", arg=KEPT)
    button(reader, "Undo").click()
    expect(field(reader)).not_to_have_value("")
    reader.page.wait_for_function("(key) => localStorage.getItem(key)", arg=KEPT)
