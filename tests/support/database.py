"""A company's file seen from outside: SQL through the same DuckDB library, without the program.

`snapshot` gives every table as text that does not depend on the order in which rows arrived, so two
files that hold the same company give the same bytes.
"""
import ctypes
import pathlib
import re
import tempfile

from checks import ROOT

EVENT_TABLES = ("customers", "identities", "messages", "orders", "events", "responses", "touchpoints", "usage",
                "observations")


class _Rows(ctypes.Structure):
    _fields_ = [("words", ctypes.c_void_p * 8)]  # duckdb_result, six words


def _library():
    lib = ctypes.CDLL(str(ROOT / ".deps" / "duckdb" / "libduckdb.so"))
    handle, text, rows, index = ctypes.c_void_p, ctypes.c_char_p, ctypes.POINTER(_Rows), ctypes.c_uint64
    for name, result, arguments in (
            ("duckdb_create_config", ctypes.c_int, [ctypes.POINTER(handle)]),
            ("duckdb_set_config", ctypes.c_int, [handle, text, text]),
            ("duckdb_destroy_config", None, [ctypes.POINTER(handle)]),
            ("duckdb_open_ext", ctypes.c_int, [text, ctypes.POINTER(handle), handle, ctypes.POINTER(text)]),
            ("duckdb_connect", ctypes.c_int, [handle, ctypes.POINTER(handle)]),
            ("duckdb_query", ctypes.c_int, [handle, text, rows]),
            ("duckdb_result_error", text, [rows]),
            ("duckdb_column_count", index, [rows]),
            ("duckdb_row_count", index, [rows]),
            ("duckdb_value_varchar", handle, [rows, index, index]),
            ("duckdb_destroy_result", None, [rows]),
            ("duckdb_free", None, [handle]),
            ("duckdb_disconnect", None, [ctypes.POINTER(handle)]),
            ("duckdb_close", None, [ctypes.POINTER(handle)])):
        function = getattr(lib, name)
        function.restype, function.argtypes = result, arguments
    return lib


class Database:
    """Opened for reading only, unless `write`."""

    def __init__(self, path, write=False):
        self._lib = _library()
        self._engine, self._connection = ctypes.c_void_p(), ctypes.c_void_p()
        config, failure = ctypes.c_void_p(), ctypes.c_char_p()
        self._lib.duckdb_create_config(ctypes.byref(config))
        self._lib.duckdb_set_config(config, b"access_mode", b"READ_WRITE" if write else b"READ_ONLY")
        self._lib.duckdb_set_config(config, b"threads", b"1")
        opened = self._lib.duckdb_open_ext(str(path).encode(), ctypes.byref(self._engine), config, ctypes.byref(failure))
        self._lib.duckdb_destroy_config(ctypes.byref(config))
        if opened != 0:
            raise OSError((failure.value or b"cannot be opened").decode("utf-8", "replace"))
        self._lib.duckdb_connect(self._engine, ctypes.byref(self._connection))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._lib.duckdb_disconnect(ctypes.byref(self._connection))
        self._lib.duckdb_close(ctypes.byref(self._engine))

    def rows(self, sql):
        """All rows; every value as text, None for null."""
        result = _Rows()
        try:
            if self._lib.duckdb_query(self._connection, sql.encode(), ctypes.byref(result)) != 0:
                raise ValueError(f"{self._lib.duckdb_result_error(ctypes.byref(result)).decode()}\n{sql}")
            columns = self._lib.duckdb_column_count(ctypes.byref(result))
            count = self._lib.duckdb_row_count(ctypes.byref(result))
            return [tuple(self._value(result, c, r) for c in range(columns)) for r in range(count)]
        finally:
            self._lib.duckdb_destroy_result(ctypes.byref(result))

    def _value(self, result, column, row):
        pointer = self._lib.duckdb_value_varchar(ctypes.byref(result), column, row)
        if not pointer:
            return None
        text = ctypes.string_at(pointer).decode("utf-8", "replace")
        self._lib.duckdb_free(pointer)
        return text

    def value(self, sql):
        return self.rows(sql)[0][0]

    def columns(self, table):
        return [name for name, in self.rows("SELECT column_name FROM information_schema.columns WHERE table_name = "
                                            f"'{table}' ORDER BY ordinal_position")]

    def text_of(self, select):
        """A query as CSV, rows sorted by all columns."""
        with tempfile.TemporaryDirectory(prefix="xinjing-rows-") as folder:
            path = pathlib.Path(folder) / "rows.csv"
            self.rows(f"COPY (SELECT * FROM ({select}) ORDER BY ALL) TO '{path}' (FORMAT CSV, HEADER)")
            return path.read_bytes()


# Internal numbers depend on the order of arrival; what they stand for does not.
_WHO = "SELECT subject_no, subject, MIN(subject) OVER (PARTITION BY person) AS person FROM subjects"
_EVENTS = " UNION ALL ".join(f"SELECT '{t}' AS event_table, row_no AS event_no, key_high, key_low FROM {t}"
                             for t in EVENT_TABLES)


def _event_select(database, table):
    dropped = {"row_no", "file_no", "line", "subject_no"}
    columns = ", ".join(f'e."{c}"' for c in database.columns(table) if c not in dropped)
    return f"SELECT s.subject, {columns} FROM {table} e LEFT JOIN who s USING (subject_no)"


def _understood_select(database, table):
    """readings, evidence, expectations: subject and event by what they are."""
    dropped = {"subject_no", "event_no"}
    columns = ", ".join(f't."{c}"' for c in database.columns(table) if c not in dropped)
    out = f"SELECT s.subject, {columns}"
    tail = f" FROM {table} t LEFT JOIN who s USING (subject_no)"
    if "event_no" in database.columns(table):
        where = "k.event_table = t.event_table" if "event_table" in database.columns(table) else "k.event_table = 'messages'"
        out += ", k.key_high, k.key_low"
        tail += f" LEFT JOIN event_keys k ON {where} AND k.event_no = t.event_no"
    return out + tail


OF_PEOPLE = ("portraits", "usage_features", "usage_alerts", "customer_values", "recommendations", "churn_risks", "preferences",
             "said_did")
OF_ALL = ("journey_steps", "journey_edges", "journey_variants")


def _model_select(database, table):
    """What models made: the person by name; numbers to nine digits, since sums in another order differ beyond them."""
    types = database.rows(f"SELECT column_name, data_type FROM information_schema.columns WHERE table_name = '{table}' "
                          "ORDER BY ordinal_position")
    columns = ", ".join(f"PRINTF('%.9g', p.\"{name}\") AS \"{name}\"" if kind == "DOUBLE" else f'p."{name}"'
                        for name, kind in types if name != "person")
    if table in OF_ALL:
        return f"SELECT {columns} FROM {table} p"
    return f"SELECT w.person, {columns} FROM {table} p JOIN who w ON w.subject_no = p.person"


def snapshot(path, only=None):
    """{table: bytes} of a company's file, free of internal numbers and of where rows came from."""
    with Database(path) as database:
        selects = {table: _event_select(database, table) for table in EVENT_TABLES}
        for table in ("readings", "evidence", "expectations", "tally", "conversations"):
            selects[table] = _understood_select(database, table)
        selects["subjects"] = "SELECT subject, person FROM who"
        selects["links"] = ("SELECT LEAST(x.subject, y.subject) AS a, GREATEST(x.subject, y.subject) AS b, reason, "
                            "undone_at IS NULL AS holds FROM links JOIN who x ON x.subject_no = a JOIN who y ON y.subject_no = b")
        selects["turns"] = ("SELECT conversation_no, turn_no, key_high, key_low FROM turns "
                            "LEFT JOIN messages ON row_no = message_no")
        for table in OF_PEOPLE + OF_ALL:
            selects[table] = _model_select(database, table)
        names = [name for name in selects if only is None or name in only]
        head = f"WITH who AS ({_WHO}), event_keys AS ({_EVENTS}) "
        return {name: database.text_of(head + selects[name]) for name in names}


def difference(left, right, names=("one", "other")):
    """None if two snapshots agree in the tables that both have; else the first lines in which they differ."""
    for table in left:
        if left[table] == right.get(table, left[table]):
            continue
        a, b = set(left[table].splitlines()), set(right[table].splitlines())
        only = [f"only in {n}: {line.decode('utf-8', 'replace')[:300]}"
                for n, lines in ((names[0], sorted(a - b)), (names[1], sorted(b - a))) for line in lines[:4]]
        return "\n".join([f"{table}: {len(left[table].splitlines())} and {len(right[table].splitlines())} lines"] + only)
    return None


def counts(path):
    """Rows of every event table, and what the files table says of them."""
    with Database(path) as database:
        return {table: int(database.value(f"SELECT COUNT(*) FROM {table}")) for table in EVENT_TABLES}


def file_records(path):
    """(name, table, rows_in, kept, rejected, duplicate) of every file, by name."""
    with Database(path) as database:
        rows = database.rows("SELECT path, table_name, rows_in, rows_kept, rows_rejected, rows_duplicate FROM files "
                             "ORDER BY path, table_name")
    return [(re.sub(r".*/", "", row[0]), row[1], *map(int, row[2:])) for row in rows]
