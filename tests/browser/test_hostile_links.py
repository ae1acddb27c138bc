"""Links that mean harm: a notice in words, the default view, nothing executed."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.sync_api import expect

IMG = "<img src=x onerror=alert(1)>"
HOSTILE = {
    "markup as territory": f"territory={quote(IMG)}",
    "script as clause": f"clause={quote('<script>alert(1)</script>')}",
    "markup as plan": f"plan={quote(IMG)}",
    "path as plan": f"plan={quote('../../../etc/passwd')}",
    "path as line": f"line={quote('../plans/us-28-point-2025-11')}",
    "markup as layers": f"layers={quote(IMG)}",
    "markup as place": f"place={quote(IMG)}",
    "markup as language": f"lang={quote(IMG)}",
    "markdown": f"territory={quote('[x](javascript:alert(1)) ![y](http://evil.example/z.png)')}",
    "template": f"territory={quote('{{7*7}}${7*7}')}",
    "null byte": "territory=UA-14%00",
    "bad encoding": "territory=%ff%fe",
    "right to left": "clause=" + quote("\u202e12"),
    "very long": f"territory={'A' * 6000}",
    "unknown code": "territory=UA-99",
    "twice": "territory=UA-99&territory=UA-98",
    "formula": f"clause={quote('21; DROP TABLE zones')}",
    "prototype": "territory=__proto__",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_link_gets_a_notice_and_the_default_view(open_page, name):
    reader = open_page(f"/?{HOSTILE[name]}")
    expect(reader.page.locator(".st-key-notice .notice")).to_be_visible()
    reader.expect_heading("Click any piece of land")
    assert reader.page.locator("[data-testid=stException]").count() == 0
    for part in (".st-key-notice", ".st-key-clause_panel", ".st-key-head"):
        assert (
            reader.page.locator(f"{part} img, {part} script, {part} a[href^=javascript]").count()
            == 0
        )
    assert "49$49" not in reader.page.locator(".st-key-notice").inner_text()
    assert reader.errors == []
    assert reader.paths("path.territory") == 27


def test_a_tag_of_a_newsletter_gets_no_notice(open_page):
    reader = open_page("/?utm_source=newsletter")
    expect(reader.page.locator(".st-key-notice .notice")).to_have_count(0)


@pytest.mark.parametrize(
    ("asked", "shown"),
    [("/nopage", ""), ("/towns/<b>foo", "/towns")],
)
def test_an_address_that_is_no_page_leads_to_one_and_is_said_in_words(open_page, asked, shown):
    reader = open_page(f"{asked}?plan=e3-edit-2025-11", ready=False)
    notice = reader.page.locator(".st-key-notice .notice")
    words = f"There is no page “{asked[1:]}”; this one is shown instead."
    expect(notice).to_contain_text(words, timeout=30_000)
    expect(reader.page.locator("[role=dialog]")).to_have_count(0)
    assert reader.page.url.startswith(f"{reader.address}{shown or '/'}?plan=e3-edit-2025-11&")
    reader.turn_to("clauses")
    expect(notice).to_have_count(0)
    assert "no_page" not in reader.page.url
