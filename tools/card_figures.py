#!/usr/bin/env python3
"""Writes what docs/accuracy.md says of the models' heads into the cards, so that a card carries its own figures.

card_figures.py [--check]
Each card with a head gets a [[validity]] for the Chinese and one for the English service dialogues, in place of those it
had from the same command. --check changes nothing, names every card whose figures are not those of docs/accuracy.md, and
exits with 1 if there is any.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
COMMAND = "xinjing eval --data ../shared/data --split dev"
SETS = ("service_dialogues", "service_dialogues_en")
ROW = re.compile(r"\| ([a-z_ ]+) \| (\w+) \| (\w+) \| (\d+) \| ([\w ]+) \| (-?[\d.]+) \| (-?[\d.]+) to (-?[\d.]+) \| [^|]+ \| [^|]+ \|$")
BLOCK = re.compile(r"\[\[validity\]\]\n(?:[^\[\n].*\n)+\n?")


def figures():
    """{construct: [a block of TOML for each set]} of docs/accuracy.md; rows without a value are left out."""
    out = {}
    for line in (ROOT / "docs" / "accuracy.md").read_text(encoding="utf-8").splitlines():
        row = ROW.match(line)
        if not row or row[2] not in SETS:
            continue
        construct, dataset, split, n, measure, value, low, high = row.groups()
        out.setdefault(construct.removesuffix(" by raters"), []).append(
            f'[[validity]]\nkind = "accuracy"\ndataset = "{dataset}"\nsplit = "{split}"\nn = {n}\n'
            f'measure = "{measure}{" with raters" if construct.endswith(" by raters") else ""}"\n'
            f'value = {value}\nlow = {low}\nhigh = {high}\nby = "{COMMAND}"\n')
    return out


def with_figures(card, blocks):
    """The text of a card with these blocks in place of its own of the same command, before its examples."""
    kept = BLOCK.sub(lambda m: "" if COMMAND in m[0] else m[0], card)
    at = kept.find("[[example]]")
    at = len(kept) if at < 0 else at
    return kept[:at].rstrip("\n") + "\n\n" + "".join(block + "\n" for block in blocks) + kept[at:]


def main():
    stale = 0
    for construct, blocks in sorted(figures().items()):
        path = ROOT / "constructs" / construct / "card.toml"
        if not path.is_file():
            continue  # a measure of a part of a construct: valence, intensity
        card = path.read_text(encoding="utf-8")
        wanted = with_figures(card, blocks)
        if card == wanted:
            continue
        stale += 1
        if "--check" in sys.argv[1:]:
            print(f"constructs/{construct}/card.toml: its figures are not those of docs/accuracy.md; run tools/card_figures.py")
        else:
            path.write_text(wanted, encoding="utf-8")
    return 1 if stale and "--check" in sys.argv[1:] else 0


if __name__ == "__main__":
    sys.exit(main())
