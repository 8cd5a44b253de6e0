#!/usr/bin/env python3
"""`xinjing read` beside peers, on the same texts in one run: utterances a second on one core, and how
often the emotion is right.

peers.py --data FOLDER_OF_DIALOGUES [--build build/release] [--count N]
Needs snownlp, jieba, scikit-learn and fasttext-wheel (docs/performance.md says how to install them in
a throw-away environment); a peer that is missing is left out. Peers are trained on train.jsonl and
judged on dev.jsonl. They give one sentiment or one emotion for a text; xinjing gives every field of
its contract, with evidence.
"""
import argparse
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"
ROOT = pathlib.Path(__file__).resolve().parent.parent


def labelled(path):
    """(text, emotion) of every customer utterance that has one."""
    for line in open(path, encoding="utf-8"):
        dialogue = json.loads(line)
        turns = [turn for turn in dialogue["turns"] if turn["speaker"] == "customer"]
        for turn, emotion in zip(turns, dialogue.get("labels", {}).get("emotion", [])):
            if turn["text"].strip():
                yield turn["text"], emotion["state"]


def kappa(got, wanted):
    """Cohen's kappa."""
    same = sum(a == b for a, b in zip(got, wanted)) / len(wanted)
    chance = sum(got.count(label) * wanted.count(label) for label in set(wanted)) / len(wanted)**2
    return (same - chance) / (1 - chance)


class Table:
    def __init__(self, texts, dev):
        self.texts, self.dev = texts, dev

    def line(self, name, seconds, fitted, emotions):
        quality = "-"
        if emotions is not None:
            wanted = [emotion for _, emotion in self.dev]
            same = sum(a == b for a, b in zip(emotions, wanted)) / len(wanted)
            quality = f"accuracy {same:.3f}, kappa {kappa(emotions, wanted):.3f}"
        count = len(self.texts[name] if isinstance(self.texts, dict) else self.texts)
        print(f"{name:<44} {count / seconds:>10,.0f} /s  fitted in {fitted:6.1f} s  emotion {quality}", flush=True)


def xinjing(table, build):
    def read(texts):
        with tempfile.TemporaryFile() as lines, tempfile.TemporaryFile() as answers:
            lines.write("".join(json.dumps({"id": str(i), "text": text}, ensure_ascii=False) + "\n"
                                for i, text in enumerate(texts)).encode())
            lines.seek(0)
            begin = time.monotonic()
            subprocess.run([build / "bin" / "xinjing", "read", "--threads", "1"], stdin=lines, stdout=answers, check=True,
                           env={**os.environ, "XINJING_HOME": str(ROOT)})
            seconds = time.monotonic() - begin
            answers.seek(0)
            return seconds, answers.read().decode().splitlines()
    seconds, _ = read(table.texts)
    _, lines = read([text for text, _ in table.dev])
    table.line("xinjing read --threads 1 (all fields)", seconds, 0, [json.loads(line)["turns"][0]["emotion"]["state"] for line in lines])


def snownlp(table, _train):
    from snownlp import SnowNLP
    texts = table.texts[:2000]
    SnowNLP("热身").sentiments
    begin = time.monotonic()
    for text in texts:
        SnowNLP(text).sentiments
    seconds = (time.monotonic() - begin) * len(table.texts) / len(texts)
    table.line("SnowNLP (sentiment only)", seconds, 0, None)


def jieba_sklearn(table, train):
    import jieba
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    jieba.setLogLevel(60)
    jieba.initialize()
    begin = time.monotonic()
    model = make_pipeline(TfidfVectorizer(tokenizer=jieba.lcut, token_pattern=None, ngram_range=(1, 2), min_df=2),
                          LogisticRegression(max_iter=1000, class_weight="balanced"))
    model.fit([text for text, _ in train], [emotion for _, emotion in train])
    fitted = time.monotonic() - begin
    texts = table.texts[:20_000]
    begin = time.monotonic()
    model.predict(texts)
    seconds = (time.monotonic() - begin) * len(table.texts) / len(texts)
    table.line("jieba + TF-IDF + logistic regression (emotion)", seconds, fitted, list(model.predict([text for text, _ in table.dev])))


def fasttext(table, train):
    import fasttext as library
    def spaced(text):
        return " ".join(text.replace("\n", " "))
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.writelines(f"__label__{emotion} {spaced(text)}\n" for text, emotion in train)
        file.flush()
        begin = time.monotonic()
        model = library.train_supervised(file.name, epoch=25, lr=0.5, wordNgrams=3, dim=50, thread=1, verbose=0)
        fitted = time.monotonic() - begin
    # f.predict of the binding fails with newer numpy when it makes its array; the inner one is the same.
    def predict(text):
        return model.f.predict(spaced(text) + "\n", 1, 0.0, "strict")[0][1]
    begin = time.monotonic()
    for text in table.texts:
        predict(text)
    seconds = time.monotonic() - begin
    table.line("fastText on characters, 1-3 grams (emotion)", seconds, fitted,
               [predict(text).removeprefix("__label__") for text, _ in table.dev])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--build", default="build/release")
    parser.add_argument("--count", type=int, default=100_000)
    options = parser.parse_args()
    folders = [options.data / name for name in ("service_dialogues", "service_calls")]
    train = [pair for folder in folders for pair in labelled(folder / "train.jsonl")]
    dev = [pair for folder in folders for pair in labelled(folder / "dev.jsonl")]
    rng = random.Random(1)
    texts = []
    while len(texts) < options.count:
        text = rng.choice(train)[0]
        while len(text) < 30:
            text += "，" + rng.choice(train)[0]
        texts.append(text[:50])
    print(f"{len(texts)} texts of {sum(map(len, texts)) / len(texts):.0f} characters on one core; "
          f"emotion fitted on {len(train)} utterances, judged on {len(dev)}")
    table = Table(texts, dev)
    xinjing(table, (ROOT / options.build).resolve())
    for peer in (fasttext, jieba_sklearn, snownlp):
        try:
            peer(table, train)
        except ImportError as missing:
            print(f"{peer.__name__}: left out ({missing})")


if __name__ == "__main__":
    sys.exit(main())
