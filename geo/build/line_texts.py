"""What a line of contact says of itself, in three languages."""

from __future__ import annotations

SOURCE = {
    "en": "Control of settlements: as mapped by DeepStateMap.Live, on the date shown. "
    "Places: GeoNames, CC BY 4.0.",
    "uk": "Контроль над населеними пунктами: за картою DeepStateMap.Live на вказану дату. "
    "Місця: GeoNames, CC BY 4.0.",
    "zh": "居民点由谁控制：依据DeepStateMap.Live在所示日期的地图。地点：GeoNames，CC BY 4.0。",
}

METHOD = {
    "en": "The line runs between neighbouring settlements held by opposite sides, a little nearer "
    "to the Russian-held one, because contested ground counts as not Russian-held. Towns pull more "
    "strongly than villages, and a spit of land goes with the land it hangs on to. The dry bed of "
    "the Kakhovka reservoir counts as not Russian-held; Crimea and Sevastopol count as "
    "Russian-held throughout.",
    "uk": "Лінія проходить між сусідніми населеними пунктами, які утримують різні сторони, трохи "
    "ближче до підконтрольного Росії, бо спірна територія не вважається підконтрольною Росії. "
    "Міста важать більше, ніж села, а коса належить до суходолу, з яким вона з’єднана. Сухе дно "
    "Каховського водосховища не вважається підконтрольним Росії; Крим і Севастополь вважаються "
    "підконтрольними Росії повністю.",
    "zh": "接触线从双方各自控制的相邻居民点之间穿过，并略微靠近"
    "俄方控制的一侧，因为争夺中的地带不算作俄方控制。"
    "城镇的权重大于村庄，沙嘴随其相连的陆地而定。卡霍夫卡水库干涸的库底不算作俄方控制；"
    "克里米亚和塞瓦斯托波尔全部算作俄方控制。",
}

LIMITS = [
    {
        "en": "It is rebuilt from points: between two neighbouring settlements of opposite sides "
        "the true line may run anywhere.",
        "uk": "Її відтворено за точками: між двома сусідніми населеними пунктами різних сторін "
        "справжня лінія може проходити будь-де.",
        "zh": "它由点重建而成：在双方相邻的两个居民点之间，真实的线可能在任何位置。",
    },
    {
        "en": "It follows one map, DeepStateMap.Live; other mappers differ, most of all where "
        "there is fighting. Its contested grey zone counts as not Russian-held, so the other side "
        "of the line is not always firmly Ukrainian-held.",
        "uk": "Вона спирається на одну карту, DeepStateMap.Live; інші карти відрізняються, "
        "найбільше там, де тривають бої. Спірна «сіра зона» цієї карти не вважається "
        "підконтрольною Росії, тож по інший бік лінії Україна не завжди має твердий контроль.",
        "zh": "它依据单一地图DeepStateMap.Live；其他制图者的结果有所不同，交战地区差异最大。"
        "该图上有争议的“灰色地带”不算作俄方控制，因此线的另一侧并非总由乌克兰稳固控制。",
    },
    {
        "en": "A settlement is one point: a town with the edge running through it falls wholly on "
        "one side.",
        "uk": "Населений пункт — це одна точка: місто, через яке проходить межа, цілком потрапляє "
        "на один бік.",
        "zh": "每个居民点只是一个点：被界线穿过的城镇会整体归入一侧。",
    },
    {
        "en": "About half of the villages under 500 people are missing from the settlements it is "
        "made from.",
        "uk": "Серед населених пунктів, за якими її побудовано, бракує близько половини сіл, де "
        "менш як 500 мешканців.",
        "zh": "用来构建它的居民点中，缺少大约一半不足500人的村庄。",
    },
    {
        "en": "Thin strips along the state border in Kharkiv and Sumy oblasts, the Kinburn spit "
        "and the Dnipro delta hold few settlements or none; there the line says little.",
        "uk": "На вузьких смугах уздовж державного кордону в Харківській і Сумській областях, на "
        "Кінбурнській косі та в дельті Дніпра населених пунктів мало або немає зовсім; там лінія "
        "говорить мало.",
        "zh": "哈尔科夫州和苏梅州国境沿线的狭长地带、金布恩沙嘴和第聂伯河三角洲居民点很少"
        "或没有；在那里，这条线能说明的不多。",
    },
    {
        "en": "The weight of towns was tuned on a detailed map of two dates, 2024-11-21 and "
        "2025-08-21.",
        "uk": "Вагу міст підібрано за докладною картою на дві дати: 2024-11-21 і 2025-08-21.",
        "zh": "城镇的权重依据2024-11-21和2025-08-21两个日期的详细地图调校。",
    },
    {
        "en": "The map it follows may be up to a day older or newer than its date.",
        "uk": "Карта, на яку вона спирається, може бути на день старшою або новішою за вказану "
        "дату.",
        "zh": "它所依据的地图可能比标注日期早或晚最多一天。",
    },
]

SUMMARY = {
    "en": "Settlements were left out, all those of a {block} km block at once, and the line was "
    "drawn without them: {right}% of {count} fell on the side they belong to. The shaded band "
    "reaches {band} km to either side. Nearer the line than that, {within}% did, and the map "
    "cannot tell the two sides apart; between {band} and {near} km, {beyond}%. Where a block was "
    "left out the line moved by {median} km (median), and by more than {p90} km along a tenth of "
    "its length.",
    "uk": "Населені пункти вилучали, щоразу всі в межах квадрата {block} км, і лінію проводили без "
    "них: {right}% із {count} опинилися на своєму боці. Затінена смуга сягає {band} км в обидва "
    "боки. Ближче до лінії на своєму боці опинилися {within}%, і карта там не може розрізнити "
    "сторін; на відстані від {band} до {near} км — {beyond}%. Там, де квадрат вилучили, лінія "
    "зміщувалася на {median} км (медіана), а на десятій частині своєї довжини — більш як на "
    "{p90} км.",
    "zh": "检验时每次剔除一个{block}公里见方区块内的全部居民点，在没有它们的情况下重新画线："
    "{count}个被剔除的居民点中有{right}%落在其所属的一侧。阴影带向两侧各延伸{band}公里。"
    "距线{band}公里以内，这一比例为{within}%，本图在那里无法分辨双方；距线{band}至{near}公里之间，"
    "为{beyond}%。区块被剔除之处，线的位移中位数为{median}公里，"
    "其十分之一长度上的位移超过{p90}公里。",
}
"""How sure a line is; see :func:`summary` for what is put in."""

BAND_RULE = {
    "en": "The band is equally wide on every date. It was chosen on the lines of {first} and "
    "{second}: the least distance beyond which, however far from the line, at least {sure}% of "
    "the settlements left out fell on the side they belong to.",
    "uk": "Смуга однаково широка на всі дати. Її обрано за лініями на {first} і {second}: це "
    "найменша відстань, за якою, хоч би як далеко від лінії, щонайменше {sure}% вилучених "
    "населених пунктів опинилися на своєму боці.",
    "zh": "阴影带在各个日期宽度相同。它依据{first}和{second}两条线选定：在此最小距离之外，"
    "无论离线多远，都有至少{sure}%的被剔除居民点落在其所属的一侧。",
}
"""How the width of the band was chosen."""

DECIMAL_COMMA = str.maketrans({".": ",", ",": "\u00a0"})


def summary(**values: str) -> dict[str, str]:
    """:data:`SUMMARY` with ``values`` put in, numbers as each language writes them."""
    written = {"uk": {name: value.translate(DECIMAL_COMMA) for name, value in values.items()}}
    return {
        language: text.format(**written.get(language, values)) for language, text in SUMMARY.items()
    }


def band_rule(**values: str) -> dict[str, str]:
    """:data:`BAND_RULE` with two dates and the percentage put in."""
    return {language: text.format(**values) for language, text in BAND_RULE.items()}
