"""How to cite a clause: as plain text, BibTeX and CSL-JSON."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from geo.days import first_day
from geo.plan import OWN_STANDING, Clause, Language, Plan

PUBLISHER = "Terms of Territory"


@dataclass(frozen=True)
class Citation:
    """One clause cited in three forms."""

    plain: str
    bibtex: str
    csl_json: str


def cite(plan: Plan, clause: Clause, url: str, seen: str, language: Language = "en") -> Citation:
    """Cite ``clause`` as read at ``url`` on ``seen`` (2025-11-21), its title in ``language``.

    No author is named: who wrote the plan is disputed.
    """
    plan_title = plan.title.get(language) or plan.title["en"]
    title = f"{clause.id}. {clause.title.get(language) or clause.title['en']}"
    return Citation(
        plain=f"{plan_title} ({plan.date}), {title}. {_paraphrased(plan, clause)}."
        f" {PUBLISHER}, {url} ({seen}).",
        bibtex=_bibtex(plan, clause, f"{plan_title}, {title}", url, seen),
        csl_json=_csl_json(plan, clause, f"{plan_title}, {title}", url, seen),
    )


def _paraphrased(plan: Plan, clause: Clause) -> str:
    """That it is a paraphrase of a proposal, and where the wording can be read."""
    if plan.is_own:
        return OWN_STANDING[0].upper() + OWN_STANDING[1:]
    publishers = dict.fromkeys(plan.sources[key].publisher.split(",")[0] for key in clause.sources)
    return f"Proposed, never in force; paraphrased after {', '.join(publishers)}"


def _key(plan: Plan, clause: Clause) -> str:
    return f"{plan.id}-{re.sub(r'[()]', '', clause.id)}"


def _bibtex(plan: Plan, clause: Clause, title: str, url: str, seen: str) -> str:
    fields = {
        "title": f"{{{_for_tex(title)}}}",
        "year": plan.date[:4],
        "publisher": PUBLISHER,
        "url": url,
        "urldate": seen,
        "note": _for_tex(_paraphrased(plan, clause)),
    }
    rows = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{{_key(plan, clause)},\n{rows}\n}}"


def _for_tex(text: str) -> str:
    return re.sub(r"([&%$#_{}])", r"\\\1", text)


def _csl_json(plan: Plan, clause: Clause, title: str, url: str, seen: str) -> str:
    entry = {
        "id": _key(plan, clause),
        "type": "document",
        "title": title,
        "publisher": PUBLISHER,
        "issued": {"date-parts": [[int(part) for part in plan.date.split("-")]]},
        "accessed": {"date-parts": [list(first_day(seen).timetuple()[:3])]},
        "URL": url,
        "note": _paraphrased(plan, clause),
    }
    return json.dumps([entry], ensure_ascii=False, indent=1)
