"""Every sentence about a reader's file, in English; pages translate them where they show them.

``{where}`` is a place in words, ``{layers}`` a list of names, the rest names and numbers.
"""

from __future__ import annotations

from collections.abc import Iterator

from geo.notices import N_

# The file.
EMPTY_FILE = N_("The file is empty; export it again.")
TOO_LARGE = N_(
    "The file has {size} MB, and {most} MB are read at most; simplify it or keep only the "
    "ground near the line."
)
OTHER_SUFFIX = N_(
    "Files whose name ends in {suffix} are not read; save it as GeoJSON, KML, KMZ, GeoPackage "
    "or a zipped Shapefile."
)
BARE_SHAPEFILE = N_(
    "A Shapefile is several files; put those that end in .shp, .shx, .dbf and .prj into one zip "
    "file."
)
NAMED_OTHERWISE = N_(
    "The name ends in {named}, but the content is {found}; it was read as what it is."
)
OTHER_ARCHIVE = N_(
    "The content is packed with {packer}, which is not read; unpack it, or pack it as zip."
)
NOT_UTF8 = N_("The text is not UTF-8; save the file in that encoding.")
WEB_PAGE = N_("This is a web page, not a map file; download the file itself and choose that.")
UNKNOWN_CONTENT = N_(
    "The content is none of GeoJSON, KML, KMZ, GeoPackage or a zipped Shapefile; export it "
    "again as one of these."
)
TOO_SLOW = N_("Reading it took more than {seconds} seconds and was stopped; simplify the file.")
ENDED_ABRUPTLY = N_(
    "Reading it ended abruptly: the file is damaged, or made to break programs that read it; "
    "export it again."
)
BUSY = N_("Other files are being read at this moment; wait a little and choose the file again.")
TOO_MUCH_MEMORY = N_(
    "Reading it takes more memory than a file of this kind should; simplify the file."
)
TOO_MANY_LAYERS = N_(
    "The file has {count} layers, and {most} are read at most; keep only those that matter."
)
TOO_MANY_FEATURES = N_(
    "A layer has {count} features, and {most} are read at most; merge them or keep only those "
    "that matter."
)
TOO_MANY_VERTICES = N_("The shapes have more than {most} vertices; simplify them.")
GDAL_CANNOT = N_("The file is damaged or not what it says it is; export it again.")

# Archives.
BROKEN_ARCHIVE = N_("The zip file is damaged or packed in an unusual way; pack it again.")
ENCRYPTED = N_("The zip file is locked with a password; pack it again without one.")
TOO_MANY_MEMBERS = N_(
    "The zip file holds {count} files, and {most} are allowed; pack only those that belong to "
    "the map."
)
UNPACKS_TOO_LARGE = N_(
    "The zip file unpacks to {size} MB, and {most} MB are allowed; simplify what is in it."
)
ZIP_BOMB = N_(
    "The zip file unpacks to more than {most} times its size, as no map does; it was not unpacked."
)
PATH_IN_ARCHIVE = N_(
    "The zip file holds “{member}”, whose path leads out of the archive; it was not unpacked. "
    "Pack the files again."
)
LINK_IN_ARCHIVE = N_(
    "The zip file holds “{member}”, which is a link and not a file; it was not unpacked. Pack "
    "the files themselves."
)
MEMBER_TWICE = N_("The zip file holds “{member}” twice; pack it again.")
NESTED_ARCHIVE = N_(
    "The zip file holds another archive and no map; unpack that one and choose the file in it."
)
NOTHING_PACKED = N_("The zip file holds no map: no .shp, .kml, .geojson or .gpkg.")
SEVERAL_KINDS_PACKED = N_("The zip file holds maps in several formats; keep one of them.")

# KML.
BROKEN_XML = N_("The KML breaks off or is not well formed in line {line}; export it again.")
NOT_KML = N_("This is XML, but not KML; export the map as KML.")
DOCTYPE = N_(
    "The KML declares a document type or entities, which maps do not need and attacks use; "
    "export it again without them."
)
XML_TOO_DEEP = N_("The KML is nested deeper than any map; export it again.")
NETWORK_LINKS = N_(
    "Links in the KML to files elsewhere were not followed (number of links: {count}). If the "
    "map is there, save it into the file."
)
OVERLAYS = N_("Pictures and models in the KML were left out (number: {count}).")

# GeoPackage.
BROKEN_GEOPACKAGE = N_("The GeoPackage is damaged; export it again.")
NOT_GEOPACKAGE = N_("This is a database, but no GeoPackage; export the layer as GeoPackage.")
TRIGGER = N_(
    "The GeoPackage holds a trigger, “{name}”, that no map needs; export the layer into a new file."
)
VIEW = N_("The GeoPackage holds a view, “{name}”; export it as a layer into a new file.")
VIRTUAL_TABLE = N_(
    "The GeoPackage holds a virtual table, “{name}”, that no map needs; export the layer into a "
    "new file."
)

# GeoJSON.
BROKEN_JSON = N_(
    "The GeoJSON breaks off or is not well formed in line {line}, column {column}; export it again."
)
JSON_TOO_DEEP = N_(
    "The GeoJSON is nested too deep or holds a number too long to read; export it again."
)
NOT_GEOJSON = N_("This is JSON, but not GeoJSON: it is no FeatureCollection, feature or geometry.")
TOPOJSON = N_("This is TopoJSON; export it as GeoJSON.")
UNREADABLE_GEOMETRY = N_(
    "No geometry in the file makes sense (number: {count}): positions are missing or are no "
    "numbers; export it again."
)

# Layers.
SEVERAL_LAYERS = N_("The file has several layers; choose one: {layers}.")
NO_SUCH_LAYER = N_("There is no layer “{layer}”; the layers are {layers}.")
EMPTY_LAYERS = N_("No layer of the file has a shape in it; export the layer with its features.")
EMPTY_LAYER = N_(
    "The layer “{layer}” has no shape in it; choose another, or export it with its features."
)
POINTS_ONLY = N_("There are only points; a line or an area is needed.")
LAYER_USED = N_("Layer used: “{layer}”, of {count} in the file.")
HEIGHTS_LEFT_OUT = N_("Heights were left out; only positions count.")
EMPTY_LEFT_OUT = N_("Features without a shape were left out (number: {count}).")
UNREADABLE_LEFT_OUT = N_("Features whose shape makes no sense were left out (number: {count}).")
POINTS_LEFT_OUT = N_("Points were left out (number: {count}).")
LINES_LEFT_OUT = N_(
    "There are areas and lines; the areas were used, the lines left out (number: {count})."
)

# Where on Earth.
CRS_TOO_LONG = N_(
    "The description of the coordinate system is absurdly long; export the layer in EPSG:4326."
)
CRS_NOT_UNDERSTOOD = N_("The coordinate system “{crs}” is not understood and was left aside.")
NO_SUCH_CRS = N_(
    "“{crs}” names no coordinate system for maps that is known here; give an EPSG code such as "
    "EPSG:32636, or leave the field empty."
)
CONVERTED = N_("Converted to longitude and latitude from {crs}.")
DEGREES_ASSUMED = N_(
    "No coordinate system is named; the coordinates were taken for longitude and latitude."
)
DEGREES_AFTER_ALL = N_(
    "The file names {crs}, but its coordinates are degrees; they were taken for longitude and "
    "latitude."
)
SWAPPED = N_("Latitude stood before longitude; they were swapped.")
NOT_FINITE = N_(
    "Some positions are not numbers or are infinite (number: {count}); export the file again."
)
METRES_WITHOUT_CRS = N_(
    "The coordinates are metres, but the file does not say in which coordinate system; export "
    "it with one, best in EPSG:4326."
)
METRES_GUESSED = N_(
    "The coordinates are metres, but the file does not say in which coordinate system. They "
    "would lie in Ukraine in {guesses}; export it with its coordinate system, best in "
    "EPSG:4326."
)
ELSEWHERE = N_(
    "The shapes lie outside of Ukraine, round {where}; choose another file, or check its "
    "coordinate system."
)
ELSEWHERE_IN_CRS = N_(
    "The file names the coordinate system {crs}, and there its shapes lie outside of Ukraine; "
    "check which system it is in."
)
TOO_LONG = N_(
    "The edges are longer than {most} km together, as no line in Ukraine is; check the file."
)
TOO_FINE = N_("Even with vertices {metres} m apart more than {most} remain; simplify the shapes.")
SCRIBBLE = N_("The edges cross each other again and again, like a scribble; draw the line anew.")
NO_SUCH_DAY = N_("“{day}” is not a day; write it as 2025-11-21.")

THINNED = N_(
    "The shapes are finer than any such map is certain: vertices less than {metres} m apart were "
    "left out."
)

# An area.
TINY_AREA = N_(
    "The area covers {area} km² of land in Ukraine, too little for an area of control; check "
    "the file."
)
BOTH_SIDES = N_(
    "The area covers both {ukrainian} and {russian}; keep only the ground that Russia holds."
)
WRONG_SIDE = N_(
    "The area covers {ukrainian} but not {russian}, so it seems to be what Ukraine holds; "
    "choose to take the rest as Russian-held."
)
NOT_HELD_HERE = N_("{city} lies outside of the area, so it counts as not Russian-held.")
FLIPPED = N_("The other side was taken as Russian-held, as you chose.")
HOLES = N_("Holes in the area stay not Russian-held (number: {count}, {area} km²).")
OFF_LAND = N_("What lies at sea or abroad was cut off ({area} km²).")
CROSSED_AREA = N_(
    "Edges cross each other (number of areas: {count}), first {where}; the areas were mended there."
)
STRIPS = N_(
    "Strips narrower than {metres} m along the border or coast went to the side beyond them: "
    "{added} km² to Russian-held ground, {removed} km² away from it."
)
ISLANDS = N_(
    "Small islands that the area leaves out went with the nearest ground, Russian-held (number: "
    "{count})."
)

# A line.
DOES_NOT_DIVIDE = N_(
    "The line does not divide the land: {russian} and {ukrainian} lie on the same side of it. "
    "Draw it from border to border or coast."
)
OUTSIDE = N_("The line divides nothing off inside the country; check where it runs.")
GAPS = N_(
    "The line has gaps (number: {count}, together {total} km, the longest {longest} km): "
    "{where}. They can be bridged on request."
)
BRIDGED = N_(
    "Gaps were bridged by straight lines, as you chose (number: {count}, together {total} km, "
    "the longest {longest} km): {where}."
)
SNAPPED = N_("Ends less than {metres} m from what they belong to were joined (number: {count}).")
LOOSE_ENDS = N_(
    "The line ends inside the country, more than {most} km from any other end or the border "
    "(number of ends: {count}): {where}."
)
CROSSED_LINE = N_("The line crosses itself or branches (number of places: {count}): {where}.")
POCKETS = N_(
    "Ground between two drawn lines could be either side's and counts as not Russian-held "
    "(number: {count}, {area} km²)."
)
TOO_MANY_PIECES = N_(
    "The line is in pieces with {count} loose ends, and {most} are the most that can be joined; "
    "draw it in longer pieces."
)

# Outlines.
NO_OUTLINES = N_("No feature is an area; outlines of oblasts are areas.")
NONE_MATCHED = N_(
    "No area could be matched to an oblast: give each its ISO 3166-2, KATOTTG or HASC code, or "
    "its name."
)
MATCHED = N_("{territory}: matched by {how} “{value}”.")
MATCHED_PARTS = N_("{territory}: matched by {how} “{value}”; {count} areas make it up.")
NOT_MATCHED = N_("“{value}” was not matched to an oblast; its outline is not used.")
NAMELESS = N_("Areas without a code or name were not used (number: {count}).")
OF_A_PART = N_(
    "“{value}” is the code of a raion or hromada, and the area does not say of which oblast it "
    "is part; it is not used."
)
MISPLACED = N_("“{value}” says {territory}, but lies elsewhere (near {other}); it is not used.")
ONLY_SOME = N_(
    "Outlines of the file: {count} of {all}; the other oblasts keep the outlines shown before."
)
AREA_DIFFERS = N_(
    "{territory}: {area} km² in your outline, {official} km² officially ({percent}% apart)."
)
SEA_INCLUDED = N_(
    "{territory}: your outline includes {area} km² beyond the land shown here, most likely "
    "water; it can be cut to land on request."
)
CUT_TO_LAND = N_("{territory}: cut to land, which took {area} km² away.")
OVERLAP = N_("{first} and {second} overlap by {area} km², which counts in both.")
GAP_BETWEEN = N_("{area} km² of land belong to no oblast any more, most of it {where}.")
OUTLINE_MENDED = N_("An outline crosses itself, {where}; it was mended there.")

BY_ISO = N_("its ISO 3166-2 code")
BY_KATOTTG = N_("its KATOTTG code")
BY_HASC = N_("its HASC code")
BY_NAME = N_("its name")
BY_LIKENESS = N_("a name spelt much like it")

# What a line of the reader's says of itself, in the languages of the data files.
OWN_SOURCE = {
    "en": "Your own file, {name}. It was not checked against any other source.",
    "uk": "Ваш власний файл, {name}. З іншими джерелами його не звіряли.",
    "zh": "您自己的文件{name}。未与任何其他来源核对。",
}
OWN_LICENCE = N_("Not stated; the file is the reader's.")
OWN_METHOD = {
    "en": (
        "The shapes of the file were cut to the outlines used here. Strips narrower than 300 m "
        "along the border or coast went to the side beyond them."
    ),
    "uk": (
        "Фігури з файлу обрізано за контурами, які тут використано. Смуги, вужчі за 300 м, "
        "уздовж кордону чи берега віднесено до сторони за ними."
    ),
    "zh": "文件中的图形按此处使用的轮廓裁切。沿国界或海岸宽度不足300米的窄条归入其外侧的一方。",
}
OWN_LIMITS = [
    {
        "en": "What it shows, and of which day, is known only from the file's author.",
        "uk": "Що саме вона показує і на який день, відомо лише від автора файлу.",
        "zh": "它显示的内容及所属日期，只有文件作者知道。",
    }
]
OWN_ACCURACY = {
    "en": "How sure this line is, is not known: no interval can be given for what follows from it.",
    "uk": (
        "Наскільки ця лінія надійна, невідомо: для того, що з неї випливає, не можна вказати "
        "інтервал."
    ),
    "zh": "这条线有多可靠尚不清楚：由它得出的数字无法给出区间。",
}


def texts() -> Iterator[str]:
    """Every text above that pages translate."""
    for name, value in list(globals().items()):
        if name.isupper() and isinstance(value, str):
            yield value
