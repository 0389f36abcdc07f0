"""Small files of formats that no library here writes: DXF, MapInfo, KML, a GeoPackage with arcs."""

import sqlite3
import struct

SQUARE = ((0, 0), (100, 0), (100, 100), (0, 100))


def shifted(points, x, y):
    return [(px + x, py + y) for px, py in points]


def line(layer, points, *, closed=True, bulge=0.0):
    """An LWPOLYLINE; a bulge of 1 at each point makes half circles (DXF reference, group 42)."""
    body = "".join(f" 10\n{x}\n 20\n{y}\n" + (f" 42\n{bulge}\n" if bulge else "") for x, y in points)
    head = f"  0\nLWPOLYLINE\n  8\n{layer}\n100\nAcDbEntity\n100\nAcDbPolyline\n"
    return f"{head} 90\n{len(points)}\n 70\n{int(closed)}\n{body}"


def old_line(layer, points, *, paper=False):
    """A closed POLYLINE as R12 writes it."""
    vertices = "".join(f"  0\nVERTEX\n  8\n{layer}\n 10\n{x}\n 20\n{y}\n" for x, y in points)
    place = " 67\n1\n" if paper else ""
    return f"  0\nPOLYLINE\n  8\n{layer}\n{place} 66\n1\n 70\n1\n{vertices}  0\nSEQEND\n"


def text(layer, x, y, words):
    return f"  0\nTEXT\n  8\n{layer}\n 10\n{x}\n 20\n{y}\n 40\n2\n  1\n{words}\n"


def dxf(path, *entities, version="AC1015", page="ANSI_936", encoding="gbk"):
    about = f"  9\n$ACADVER\n  1\n{version}\n  9\n$DWGCODEPAGE\n  3\n{page}\n"
    head = f"  0\nSECTION\n  2\nHEADER\n{about}  0\nENDSEC\n"
    body = f"  0\nSECTION\n  2\nENTITIES\n{''.join(entities)}  0\nENDSEC\n  0\nEOF\n"
    path.write_bytes((head + body).encode(encoding))
    return path


def mif(path, charset, encoding, name="黑龙江省"):
    """One square of 100 m in MIF (MapInfo Interchange Format reference)."""
    points = "\n".join(f"{x + 443000} {y + 3584000}" for x, y in (*SQUARE, SQUARE[0]))
    system = 'CoordSys Earth Projection 8, 104, "m", 120, 0, 1, 500000, 0'
    head = f'Version 300\nCharset "{charset}"\nDelimiter ","\n{system}\n'
    body = f"Columns 2\n  地块编号 Char(20)\n  权利人 Char(40)\nData\n\nRegion 1\n  5\n{points}\n"
    path.write_bytes((head + body).encode(encoding))
    path.with_suffix(".mid").write_bytes(f'"A1","{name}"\n'.encode(encoding))
    return path


def kml(path, encoding="UTF-8", codec="utf-8"):
    """Two placemarks, of which one is a polygon with data of its own."""
    ring = "119.4,32.4,0 119.41,32.4,0 119.41,32.41,0 119.4,32.4,0"
    path.write_bytes(
        f"""<?xml version="1.0" encoding="{encoding}"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder><name>宗地</name>
<Placemark><name>甲</name><ExtendedData><Data name="宗地代码"><value>0012</value></Data>
<Data name="权利人"><value>黑龙江省</value></Data></ExtendedData><Polygon><outerBoundaryIs><LinearRing>
<coordinates>{ring}</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>
<Placemark><name>点</name><Point><coordinates>119.4,32.4</coordinates></Point></Placemark>
</Folder></Document></kml>""".encode(codec)
    )
    return path


def with_arcs(path, centre=(1, 0), radius=1):
    """Make the only polygon of the layer ``a`` of a GeoPackage a circle that is drawn by two arcs."""
    turns = ((-1, 0), (0, 1), (1, 0), (0, -1), (-1, 0))
    points = [(centre[0] + radius * x, centre[1] + radius * y) for x, y in turns]
    arcs = struct.pack("<BII", 1, 8, 5) + b"".join(struct.pack("<dd", *point) for point in points)
    blob = b"GP\0\x01" + struct.pack("<i", 4528) + struct.pack("<BII", 1, 10, 1) + arcs
    base = sqlite3.connect(path)
    for (name,) in base.execute("select name from sqlite_master where type = 'trigger'").fetchall():
        base.execute(f'drop trigger "{name}"')
    base.execute("update a set geom = ?", (blob,))
    base.execute("update gpkg_geometry_columns set geometry_type_name = 'GEOMETRY'")
    base.commit()
    base.close()
    return path
