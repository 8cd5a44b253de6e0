"""The hostile files: each maker writes one file (or worse) into a folder beside a good one.

SECRET stands in many of them: it is text of a customer, so it may never show up outside the database.
"""
import os
import struct
import zipfile
import zlib

SECRET = "SECRETWORDS7731"
HEADER = "message_id,conversation,customer,time,speaker,channel,text\n"


def row(number, text, time="2026-03-01 10:00:00"):
    return f"x{number},tx,kx,{time},customer,shop,{text}\n"


def long_line(path):
    path.write_text(HEADER + row(1, "好的") + row(2, SECRET + "长" * 3_500_000) + row(3, "谢谢"), encoding="utf-8")


def longer_than_a_line_may_be(path):
    with open(path, "w", encoding="utf-8") as file:
        file.write(HEADER + row(1, "好的"))
        file.write("x2,tx,kx,2026-03-01 10:00:00,customer,shop," + SECRET + "a" * 20_000_000 + "\n" + row(3, "谢谢"))


def nul_bytes(path):
    path.write_bytes((HEADER + row(1, "好的") + row(2, "一\0二" + SECRET) + row(3, "谢谢")).encode() + b"\0" * 100 + b"\n")


def broken_quotes(path):
    path.write_text(HEADER + row(1, "好的") + row(2, f'"没有结尾的引号{SECRET}') + row(3, "谢谢") + row(4, 'a"b"c'), encoding="utf-8")


def broken_utf8(path):
    good = (HEADER + row(1, "这一行是好的，我们等一等") + row(3, "这一行也是好的，谢谢你们")).encode()
    path.write_bytes(good + row(2, SECRET).encode()[:-1] + b" \xff\xfe\xc0\x80\xed\xa0\x80\xf5\x80\x80\x80\n")


def gb18030(path):
    path.write_bytes((HEADER + row(1, "电费怎么又涨了") + row(2, "请你们解释一下") + row(3, "谢谢")).encode("gb18030"))


def utf16(path):
    path.write_bytes(b"\xff\xfe" + (HEADER + row(1, "电费怎么又涨了") + row(2, "谢谢")).encode("utf-16-le"))


def utf16_big(path):
    path.write_bytes(b"\xfe\xff" + (HEADER + row(1, "电费怎么又涨了") + row(2, "谢谢")).encode("utf-16-be"))


def utf16_cut(path):
    path.write_bytes(b"\xff\xfe" + (HEADER + row(1, "电费")).encode("utf-16-le")[:-3])


def million_columns(path):
    path.write_text(",".join(f"c{i}" for i in range(1_000_000)) + "\n" + "1," * 999_999 + SECRET + "\n", encoding="utf-8")


def million_cells_in_a_row(path):
    path.write_text(HEADER + row(1, "好的") + "," * 1_000_000 + SECRET + "\n" + row(3, "谢谢"), encoding="utf-8")


def impossible_dates(path):
    times = ["99999-01-01 00:00:00", "0000-00-00", "2026-02-30 10:00:00", "-5", "2026-13-01", "1e300", "9" * 400, "明天",
             "2026-03-01T10:00:00+99:00"]
    path.write_text(HEADER + row(0, "好的") + "".join(row(i + 1, SECRET, time) for i, time in enumerate(times)), encoding="utf-8")


def empty(path):
    path.write_bytes(b"")


def only_mark(path):
    path.write_bytes(b"\xef\xbb\xbf")


def only_header(path):
    path.write_text(HEADER, encoding="utf-8")


def only_newlines(path):
    path.write_bytes(b"\r\n" * 1000)


def folder(path):
    path.mkdir()
    (path / "inner.csv").write_text(HEADER + row(1, SECRET), encoding="utf-8")


def pipe(path):
    os.mkfifo(path)


def dangling_link(path):
    path.symlink_to("nowhere.csv")


def unreadable(path):
    path.write_text(HEADER + row(1, SECRET), encoding="utf-8")
    path.chmod(0)


def noise(path):
    state, out = 12345, bytearray()
    for _ in range(200_000):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        out.append(state >> 16 & 255)
    path.write_bytes(bytes(out))


def deep_json(path):
    good = '{"id":"x1","conversation":"tx","customer":"kx","time":"2026-03-01T10:00:00+08:00","speaker":"customer","text":"好的"}\n'
    deep = '{"id":"x2","conversation":"tx","customer":"kx","text":' + "[" * 500_000 + f'"{SECRET}"' + "]" * 500_000 + "}\n"
    cut = '{"id":"x3","text":' + '{"a":' * 300_000 + "\n"
    path.write_text(good + deep + cut + good.replace("x1", "x4"), encoding="utf-8")


def odd_json(path):
    lines = ['{"id":"x1","customer":"kx","time":"2026-03-01T10:00:00+08:00","speaker":"customer","text":"好的"}', "[]", "null", "17",
             '{"id":"x2","customer":"kx","time":1e999,"text":"%s"}' % SECRET, '{"id":{"a":1},"customer":["kx"],"text":"%s"}' % SECRET,
             '{"id":"x3","customer":"kx","text":"\\ud800%s"}' % SECRET, '{"id":"x4","id":"x5","customer":"kx","text":"重复的键"}',
             '{"text":"%s"' % SECRET, '{"id":"x6","customer":"kx","time":"2026-03-01T10:05:00+08:00","speaker":"customer","text":"谢谢"}']
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


_TYPES = ('<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
          '<Default Extension="xml" ContentType="application/xml"/>'
          '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>')
_BOOK_LINK = ('<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
              '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
              'Target="xl/workbook.xml"/></Relationships>')
_BOOK = ('<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
         'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
         '<sheet name="messages" sheetId="1" r:id="r1"/></sheets></workbook>')
_SHEET_LINK = ('<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
               '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
               'Target="worksheets/sheet1.xml"/></Relationships>')


def _sheet_row(cells):
    return "<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in cells) + "</row>"


def _bomb_entry(head, repeated, times):
    """(deflated bytes, crc, size) of head followed by `times` copies, without ever holding them."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    start = packer.compress(head) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(repeated) + packer.flush(zlib.Z_FULL_FLUSH)
    end = packer.flush(zlib.Z_FINISH)
    crc = zlib.crc32(head)
    for _ in range(times):
        crc = zlib.crc32(repeated, crc)
    return start + block * times + end, crc, len(head) + len(repeated) * times


def zip_bomb(path):
    """A workbook of a few hundred kilobytes whose only sheet unpacks to 1 GiB."""
    head = ('<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
            + _sheet_row(HEADER.strip().split(","))).encode()
    filler = (_sheet_row(["x1", "tx", "kx", "2026-03-01", "customer", "shop", SECRET]) + " " * 8000).encode()
    block = (filler * (2**20 // len(filler) + 1))[:2**20]
    packed, crc, size = _bomb_entry(head, block, 1024)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in (("[Content_Types].xml", _TYPES), ("_rels/.rels", _BOOK_LINK), ("xl/workbook.xml", _BOOK),
                           ("xl/_rels/workbook.xml.rels", _SHEET_LINK)):
            book.writestr(name, text)
    _append_entry(path, b"xl/worksheets/sheet1.xml", packed, crc, size)


def _append_entry(path, name, packed, crc, size):
    """Puts an entry that is packed already behind the others of a zip file, and writes the directory anew."""
    data = path.read_bytes()
    end = data.rindex(b"PK\x05\x06")
    entries, directory_size, directory_at = struct.unpack("<HII", data[end + 10:end + 20])
    directory = data[directory_at:directory_at + directory_size]
    fields = struct.pack("<HHHHIIIHH", 0, 8, 0, 0x21, crc, len(packed), size, len(name), 0)
    local = b"PK\x03\x04" + struct.pack("<H", 20) + fields + name + packed
    central = (b"PK\x01\x02" + struct.pack("<HH", 20, 20) + fields
               + struct.pack("<HHHII", 0, 0, 0, 0, directory_at) + name)
    directory += central
    tail = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, entries + 1, entries + 1, len(directory), directory_at + len(local), 0)
    path.write_bytes(data[:directory_at] + local + directory + tail)


def broken_zip(path):
    path.write_bytes(b"PK\x03\x04" + b"\0" * 5000)


def broken_parquet(path):
    path.write_bytes(b"PAR1" + b"\xff" * 5000 + struct.pack("<I", 0x7FFFFFFF) + b"PAR1")


def long_conversation(path):
    with open(path, "w", encoding="utf-8") as file:
        file.write(HEADER)
        for i in range(100_000):
            second = i * 20
            time = f"2026-03-{1 + second // 86400:02} {second // 3600 % 24:02}:{second // 60 % 60:02}:{second % 60:02}"
            file.write(f"x{i},tx,kx,{time},{'customer' if i % 2 else 'agent'},shop,第{i}句：你们到底什么时候来修，我等得很着急\n")


def repeated_header(path):
    path.write_text("text,text,customer,customer,time\n" + f"{SECRET},{SECRET},k,k,2026-03-01\n", encoding="utf-8")


def no_known_header(path):
    path.write_text("alpha,beta,gamma\n" + f"1,2,{SECRET}\n", encoding="utf-8")


# name of the file, its maker, and (rows kept, rows rejected) where the rules leave no choice.
CASES = [
    ("long_line.csv", long_line, (2, 1)), ("overlong_line.csv", longer_than_a_line_may_be, (2, 1)),
    ("nul_bytes.csv", nul_bytes, None), ("broken_quotes.csv", broken_quotes, None), ("broken_utf8.csv", broken_utf8, (3, 0)),
    ("gb18030.csv", gb18030, (3, 0)), ("utf16.csv", utf16, (2, 0)), ("utf16_big.csv", utf16_big, (2, 0)),
    ("utf16_cut.csv", utf16_cut, None), ("million_columns.csv", million_columns, (0, 0)),
    ("million_cells.csv", million_cells_in_a_row, (2, 1)), ("impossible_dates.csv", impossible_dates, (1, 9)),
    ("empty.csv", empty, (0, 0)), ("only_mark.csv", only_mark, (0, 0)), ("only_header.csv", only_header, (0, 0)),
    ("only_newlines.csv", only_newlines, (0, 0)), ("folder.csv", folder, None), ("pipe.csv", pipe, None),
    ("dangling.csv", dangling_link, None), ("unreadable.csv", unreadable, (0, 0)), ("noise.csv", noise, None), ("noise.jsonl", noise, None),
    ("noise.xlsx", noise, (0, 0)), ("noise.parquet", noise, (0, 0)), ("deep.jsonl", deep_json, (2, 2)),
    ("odd.jsonl", odd_json, None), ("zip_bomb.xlsx", zip_bomb, None), ("broken_zip.xlsx", broken_zip, (0, 0)),
    ("broken.parquet", broken_parquet, (0, 0)), ("repeated_header.csv", repeated_header, None),
    ("no_known_header.csv", no_known_header, (0, 0)), ("long_conversation.csv", long_conversation, (100_000, 0))]
