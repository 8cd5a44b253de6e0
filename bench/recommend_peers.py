#!/usr/bin/env python3
"""The models behind `xinjing recommend` beside implicit (PyPI), on the same split by time in one run.

recommend_peers.py ORDERS.csv [--build build/release] [--customer H] [--product H] [--time H] [--quantity H]
Needs implicit, numpy, scipy and pandas in a throw-away environment (docs/performance.md says how).
H are headers; those of UCI Online Retail (CustomerID, StockCode, InvoiceDate, Quantity) unless given;
a .gz is unpacked while it is read. Lines of a positive quantity count, one a person, product and day.
Shown: seconds to fit, and NDCG@10, hit rate and recall among products new to the customer and among
all. Agreement: the largest difference between the 50 strongest weights of any product's neighbours
(which of equal weights is kept may differ), and the loss of alternating least squares, which both
make small.
"""
import argparse
import os
import pathlib
import subprocess
import tempfile
import time

for variable in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"  # as implicit asks for; its own threads are all cores, as ours
import implicit  # noqa: E402
import numpy  # noqa: E402
import pandas  # noqa: E402
import scipy.sparse  # noqa: E402
from implicit.als import AlternatingLeastSquares  # noqa: E402
from implicit.nearest_neighbours import BM25Recommender, CosineRecommender  # noqa: E402

TOP = 10
NEIGHBOURS = 50


def read(options):
    """Lines person, product, day with people and products numbered."""
    lines = pandas.read_csv(options.orders, dtype=str)
    lines = lines[lines[options.customer].notna() & lines[options.product].notna()]
    lines = lines[lines[options.quantity].astype(float) > 0]
    day = pandas.to_datetime(lines[options.time]).dt.normalize()
    out = pandas.DataFrame({"person": pandas.factorize(lines[options.customer], sort=True)[0],
                            "product": pandas.factorize(lines[options.product], sort=True)[0],
                            "day": (day - pandas.Timestamp("1970-01-01")).dt.days})
    return out.drop_duplicates()


class Split:
    def __init__(self, lines):
        days = lines.day.max() - lines.day.min() + 1
        self.window = int(min(60, max(7, days // 8)))
        self.cut = lines.day.max() + 1 - self.window
        shape = (lines.person.max() + 1, lines["product"].max() + 1)
        before = lines[lines.day < self.cut].drop_duplicates(["person", "product"])
        self.bought = scipy.sparse.csr_matrix((numpy.ones(len(before), "float32"), (before.person, before["product"])), shape)
        after = lines[lines.day >= self.cut]
        self.truth = {person: set(products) for person, products in after.groupby("person")["product"]}

    def figures(self, ranked, new):
        """Hit rate, recall and NDCG of {person: products}."""
        rows = []
        for person, truth in self.truth.items():
            if new:
                truth = truth - set(self.bought[person].indices)
            if not truth:
                continue
            hits = numpy.array([product in truth for product in ranked.get(person, [])[:TOP]], float)
            gain = (hits / numpy.log2(numpy.arange(2, 2 + len(hits)))).sum()
            best = (1 / numpy.log2(numpy.arange(2, 2 + min(TOP, len(truth))))).sum()
            rows.append((hits.any(), hits.sum() / len(truth), gain / best))
        return numpy.array(rows, float).mean(axis=0)


def peer(model, split):
    """Seconds to fit, and the first ten for everybody judged: new products, and all."""
    begin = time.monotonic()
    model.fit(split.bought, show_progress=False)
    seconds = time.monotonic() - begin
    people = numpy.array(sorted(split.truth))
    found = []
    for new in (True, False):
        ids, scores = model.recommend(people, split.bought[people], N=TOP, filter_already_liked_items=new)
        found.append({person: [i for i, s in zip(row, score) if i >= 0 and s > 0] for person, row, score in zip(people, ids, scores)})
    return seconds, found[0], found[1]


def loss(model, split, confidence, penalty):
    """Hu, Koren and Volinsky 2008, equation 3, with the people solved exactly."""
    products = numpy.asarray(model.item_factors, float)
    gram = products.T @ products
    out = penalty * (products**2).sum()
    for person in range(split.bought.shape[0]):
        mine = split.bought[person].indices
        rows = products[mine]
        x = numpy.zeros(products.shape[1])
        if len(mine):
            x = numpy.linalg.solve(gram + (confidence - 1) * rows.T @ rows + penalty * numpy.eye(len(x)), confidence * rows.sum(axis=0))
        preference = rows @ x
        out += x @ gram @ x + (confidence * (1 - preference)**2 - preference**2).sum() + penalty * x @ x
    return out


def ours(build, lines, split, folder):
    path = folder / "lines.tsv"
    lines[["person", "product", "day"]].to_csv(path, sep="\t", header=False, index=False)
    said = subprocess.run([build / "bin" / "recommend_bench", path, str(split.window), folder], check=True,
                          stdout=subprocess.PIPE, text=True).stdout
    words = [line.split() for line in said.splitlines()]
    seconds = {w[1]: float(w[2]) for w in words if w[0] == "seconds"}
    ranked = {}
    for file in folder.glob("*.tsv"):
        if file != path:
            rows = [list(map(int, row.split("\t"))) for row in file.read_text().splitlines()]
            ranked[file.stem] = {row[0]: row[1:] for row in rows}
    return seconds, ranked, float(next(w[1] for w in words if w[0] == "loss")), said


def apart(path, model):
    """The largest difference between the sorted weights of a product's neighbours, itself left out."""
    theirs, worst = model.similarity.tocsr(), 0.0
    for line in path.read_text().splitlines():
        product, *mine = line.split("\t")
        row = theirs[int(product)]
        other = numpy.sort(row.data[row.indices != int(product)])[::-1][:NEIGHBOURS]
        mine = numpy.array(mine, float)
        if len(mine) != len(other):
            # Implicit keeps itself among its K, or pushes out the last of equals.
            length = min(len(mine), len(other))
            mine, other = mine[:length], other[:length]
        if len(mine):
            worst = max(worst, float(numpy.abs(mine - other).max() / max(1.0, other.max())))
    return worst


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("orders", type=pathlib.Path)
    parser.add_argument("--build", type=pathlib.Path, default=pathlib.Path("build/release"))
    for name, header in (("customer", "CustomerID"), ("product", "StockCode"), ("time", "InvoiceDate"), ("quantity", "Quantity")):
        parser.add_argument("--" + name, default=header)
    options = parser.parse_args()
    lines = read(options)
    split = Split(lines)
    print(f"{len(lines):,} lines, {split.bought.shape[0]:,} people, {split.bought.shape[1]:,} products; "
          f"window of {split.window} days, {len(split.truth):,} people judged; implicit {implicit.__version__}")
    with tempfile.TemporaryDirectory() as name:
        compare(options, lines, split, pathlib.Path(name))


def compare(options, lines, split, folder):
    seconds, ranked, our_loss, said = ours(options.build, lines, split, folder)
    print(f"{'':<22}{'seconds':>9}   new: hit recall NDCG     any: hit recall NDCG")

    def show(name, took, new, any_):
        cells = [" ".join(f"{x:.4f}" for x in split.figures(r, n)) if r is not None else "-" * 20 for r, n in ((new, True), (any_, False))]
        print(f"{name:<22}{took:>9.3f}   {cells[0]}     {cells[1]}", flush=True)
    # The neighbour is itself the first of implicit's, so it has one more.
    peers = {"cosine": CosineRecommender(K=NEIGHBOURS + 1), "bm25": BM25Recommender(K=NEIGHBOURS + 1),
             "als": AlternatingLeastSquares(factors=32, regularization=1, alpha=6, iterations=10, random_state=1)}
    for name, model in peers.items():
        took, new, any_ = peer(model, split)
        show("implicit " + name, took, new, any_)
        if name == "als":
            print(f"{'xinjing als':<22}{seconds[name]:>9.3f}   loss {our_loss:,.0f}, implicit {loss(model, split, 6, 1):,.0f}; "
                  f"{took / seconds[name]:.1f} times as fast")
        else:
            print(f"{'xinjing ' + name:<22}{seconds[name]:>9.3f}   weights differ by {apart(folder / (name + '.weights'), model):.1e} "
                  f"at most; {took / seconds[name]:.1f} times as fast")
    show("xinjing blend", seconds["fit"], ranked["blend_new"], ranked["blend_any"])
    print(*[line for line in said.splitlines() if line.startswith(("figures any popular", "figures new popular", "chosen", "seconds"))], sep="\n")


if __name__ == "__main__":
    main()
