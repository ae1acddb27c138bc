"""What a reader who cannot be served now is told, by us or by nginx, in three languages.

nginx has the same page as a file for each of its own sentences (``deploy/proxy.py``).
"""

from __future__ import annotations

from functools import cache
from math import ceil
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from geo.uploads.limits import LARGEST_FILE_MB
from serving.metrics import REFUSED

Sentence = tuple[str, str, str]
"""In English, Ukrainian and Chinese."""

FULL = (
    "Too many readers are here right now. This page asks again by itself in half a minute.",
    "Зараз тут забагато читачів. Ця сторінка сама спробує ще раз за пів хвилини.",
    "目前读者过多。本页将在半分钟后自动重试。",
)
ENDING = (
    "This server is being replaced. This page asks again by itself in a moment.",
    "Цей сервер саме замінюють. Ця сторінка за мить спробує ще раз сама.",
    "服务器正在更换。本页稍后将自动重试。",
)
OFTEN = (
    "That was asked for too often. Wait a little and try again.",
    "Ви просите про це занадто часто. Зачекайте трохи і спробуйте ще раз.",
    "请求过于频繁。请稍候再试。",
)
BUSY = (
    "Too many files are being uploaded right now. Try again in a moment.",
    "Зараз завантажують забагато файлів. Спробуйте ще раз за мить.",
    "目前上传的文件过多。请稍后再试。",
)
MUCH = (
    "This page has brought too many megabytes. Load it anew to bring more.",
    "З цієї сторінки завантажено забагато мегабайтів. Щоб додати ще, відкрийте її заново.",
    "此页面上传的文件总量过大。如需继续上传，请重新加载页面。",
)
SLOW = (
    "This upload took too long and was given up.",
    "Це завантаження тривало занадто довго, тож його припинено.",
    "上传时间过长，已中止。",
)
LARGE = (
    f"This file is larger than {LARGEST_FILE_MB} MB. Bring a smaller one.",
    f"Цей файл більший за {LARGEST_FILE_MB} МБ. Виберіть менший.",
    f"此文件超过 {LARGEST_FILE_MB} MB，请选择较小的文件。",
)
AWAY = (
    "The dashboard cannot be reached at the moment. This page tries again by itself.",
    "Зараз панель недоступна. Ця сторінка спробує ще раз сама.",
    "目前无法连接到此网站。本页会自动重试。",
)
CROWDED = (
    "Too much was asked for in a short time, from your address or by all together."
    " This page tries again by itself.",
    "За короткий час надійшло забагато запитів, з вашої адреси або від усіх разом."
    " Ця сторінка спробує ще раз сама.",
    "短时间内来自您的地址或所有人的请求过多。本页会自动重试。",
)


def refusal(reason: str, status: int, sentence: Sentence, wait: float = 1) -> PlainTextResponse:
    """An answer that refuses, counted by its ``reason``; ``wait``: seconds until to ask again."""
    REFUSED.labels(reason).inc()
    return PlainTextResponse("\n".join(sentence), status, {"Retry-After": str(ceil(wait))})


def refused_page(reason: str, sentence: Sentence, wait: int) -> Response:
    """The same as a page that asks again by itself after ``wait`` seconds."""
    REFUSED.labels(reason).inc()
    headers = {"Retry-After": str(wait), "Cache-Control": "no-store"}
    return HTMLResponse(page_saying(sentence, wait), 503, headers)


@cache
def page_saying(sentence: Sentence, again_in: int | None) -> str:
    """A page with a sentence, which asks again by itself after so many seconds, if any."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
    )
    paragraphs = list(zip(("en", "uk", "zh"), sentence, strict=True))
    template = environment.get_template("refusal.html.j2")
    return template.render(sentence=paragraphs, again_in=again_in)
