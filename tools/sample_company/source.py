"""The texts of the sample company as they were written: sample/source/*.jsonl and its kept rows.

One JSON object a line. A customer, before its conversations:
  customer C2001; name; kind person or company; born (a year, persons only); since; district; lang; phone where the words
  name one; truth {buyer_type, temperament, bond, vulnerable, ...}: what all its conversations together show
A conversation:
  talk; customer; time; channel (hotline hall wechat weibo email shop); hall; agent
  turns [["c" customer | "a" agent | "b" bot, words, own time (a later turn), agent (where it is another)]]
  truth: labels, one emotion for each turn of the customer
  acts: what happened beside the words: order and amount, return, rating of 5, nps, observe (a card), search, view,
  step (of a case), wait (minutes in the hall)
first.jsonl came first: its conversations keep their ids and seconds, and what belongs to its customers beside the words
is kept/*.csv. handles.csv has the names on Weibo; story.json the points of the year. broken.csv has the rows that are
broken or repeated on purpose, and after which message each stands."""
import csv
import json
import pathlib


class Customer:
    def __init__(self, row):
        self.id, self.name = row["customer"], row["name"]
        self.company = row["kind"] == "company"
        self.born, self.since = row.get("born"), row["since"]
        self.district, self.lang = row["district"], row["lang"]
        self.truth = row.get("truth", {})
        self.kept = self.id < "C2000"  # one of those whose rows beside the talks are kept as they were
        self._phone = row.get("phone")

    @property
    def number(self):
        return self.id[1:]

    @property
    def phone(self):
        if self._phone is not None:
            return self._phone
        return f"0599-555{self.number}" if self.company else f"1380000{self.number}"


class Talk:
    def __init__(self, row, file):
        self.id, self.customer = row["talk"], row["customer"]
        self.time, self.channel, self.hall = row["time"], row["channel"], row.get("hall")
        self.agent, self.turns = row["agent"], row["turns"]
        self.truth, self.acts = row.get("truth"), row.get("acts", [])
        self.handle, self.ids, self.chat = row.get("handle"), row.get("ids"), row.get("chat", row["channel"] == "shop")
        self.kept = file == "first.jsonl"

    def acts_with(self, name):
        return [act for act in self.acts if name in act]


class Source:
    """All of it in memory: customers by id, talks in the order of their files, kept rows by table."""

    def __init__(self, folder, only=None):
        self.folder = pathlib.Path(folder)
        self.customers, self.talks = {}, []
        for path in sorted(self.folder.glob("*.jsonl")):
            if only in (None, path.name):
                self._read(path)

    def _read(self, path):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                row = json.loads(line)
                if "talk" in row:
                    self.talks.append(Talk(row, path.name))
                else:
                    self.customers[row["customer"]] = Customer(row)
            except (KeyError, ValueError) as wrong:
                raise SystemExit(f"a line that is neither a customer nor a conversation: {wrong!r} ({path}:{number})") from wrong

    def kept(self, table):
        with open(self.folder / "kept" / f"{table}.csv", encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def handles(self):
        with open(self.folder / "handles.csv", encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def drawn(self):
        """Customers whose visits, orders and readings are drawn."""
        return [customer for customer in self.customers.values() if not customer.kept]

    def talks_of(self, customer):
        return [talk for talk in self.talks if talk.customer == customer]
