"""What a reader who cannot be served now is told: a sentence, in three languages."""

from __future__ import annotations

from math import ceil

from starlette.responses import HTMLResponse, PlainTextResponse, Response

from serving.metrics import REFUSED

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


def refusal(
    reason: str, status: int, sentence: tuple[str, str, str], wait: float = 1
) -> PlainTextResponse:
    """An answer that refuses, counted by its ``reason``; ``wait``: seconds until to ask again."""
    REFUSED.labels(reason).inc()
    return PlainTextResponse("\n".join(sentence), status, {"Retry-After": str(ceil(wait))})


def refused_page(reason: str, sentence: tuple[str, str, str], wait: int) -> Response:
    """The same as a page that asks again by itself after ``wait`` seconds."""
    REFUSED.labels(reason).inc()
    paragraphs = "".join(
        f'<p lang="{language}">{text}</p>'
        for language, text in zip(("en", "uk", "zh"), sentence, strict=True)
    )
    return HTMLResponse(
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width">'
        f'<meta http-equiv="refresh" content="{wait}"><title>Terms of Territory</title></head>'
        f"<body>{paragraphs}</body></html>",
        503,
        {"Retry-After": str(wait), "Cache-Control": "no-store"},
    )
