"""Makes the fonts of the papers: Commissioner, two weights, Latin, Greek and Cyrillic in one file each."""
import os
import sys
from fontTools.merge import Merger, Options as MergeOptions
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from fontTools.pens.ttGlyphPen import TTGlyphPen

files, out = sys.argv[1], sys.argv[2]
PARTS = ["latin", "latin-ext", "cyrillic", "cyrillic-ext", "greek"]
for weight, name in [(400, "Regular"), (640, "Bold")]:
    paths = []
    for part in PARTS:
        font = TTFont(f"{files}/commissioner-{part}-wght-normal.woff2")
        font.flavor = None
        font = instantiateVariableFont(font, {"wght": weight})
        for table in ("GSUB", "GDEF", "STAT", "gasp", "MVAR", "avar", "HVAR"):
            if table in font: del font[table]
        path = f"{out}/part-{part}-{name}.tmp"
        font.save(path)
        paths.append(path)
    merged = Merger(MergeOptions()).merge(paths)
    for path in paths:
        os.remove(path)
    # What the font has not is shown as a box, which is a letter: an archive takes no missing glyph.
    pen = TTGlyphPen(None)
    for points in ([(160, 0), (160, 1340), (1040, 1340), (1040, 0)], [(280, 120), (920, 120), (920, 1220), (280, 1220)]):
        pen.moveTo(points[0])
        for point in points[1:]: pen.lineTo(point)
        pen.closePath()
    order = merged.getGlyphOrder()
    merged.setGlyphOrder(order + ["box"])
    merged["glyf"].glyphs["box"] = pen.glyph()
    merged["glyf"].glyphOrder = merged.getGlyphOrder()
    merged["hmtx"].metrics["box"] = (1200, 160)
    for table in merged["cmap"].tables:
        if table.isUnicode(): table.cmap[0x25A1] = "box"
    options = Options()
    options.layout_features = ["kern"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.notdef_outline = True
    options.hinting = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x218, 0x21C), *range(0x370, 0x400),
        *range(0x400, 0x460), 0x490, 0x491, 0x1E9E, *range(0x2010, 0x2030), 0x2032, 0x2033, 0x203A, 0x2039, 0x20AC, 0x2116, 0x2122,
        0x2190, 0x2192, 0x2212, 0x2248, 0x2264, 0x2265, 0x25A1])
    subsetter.subset(merged)
    names = merged["name"]
    for record in list(names.names):
        if record.nameID in (1, 4): names.setName("Commissioner" if record.nameID == 1 else f"Commissioner {name}", record.nameID, record.platformID, record.platEncID, record.langID)
        if record.nameID == 2: names.setName(name, 2, record.platformID, record.platEncID, record.langID)
        if record.nameID == 6: names.setName(f"Commissioner-{name}", 6, record.platformID, record.platEncID, record.langID)
    merged["OS/2"].usWeightClass = weight
    merged["head"].modified = merged["head"].created
    merged.recalcTimestamp = False
    merged.save(f"{out}/commissioner-{name.lower()}.ttf")
    cmap = merged.getBestCmap()
    print(name, len(cmap), merged["head"].unitsPerEm, "GPOS" in merged, [c for c in "āčēģīķļņšūžĀ№€ёЁщ–—„“”«»é" if ord(c) not in cmap])
