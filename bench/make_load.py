#!/usr/bin/env python3
"""Makes a large company by repeating and varying dialogues: messages.csv and orders.csv.

make_load.py OUT_FOLDER --messages N --orders N DIALOGUES.jsonl [...]

Deterministic for --seed. About four conversations a customer, over a year. Each repetition changes
digits and endings, so that no two copies of a dialogue are equal. Costs about 10 s a million rows.
"""
import argparse
import json
import pathlib
import random

ENDINGS = ["", "。", "！", "!!", "…", "谢谢", "？", "~"]
GOODS = ["充电器", "热水器", "节能灯", "路由器", "电饭煲", "插线板", "空调", "净水器"]
DIGITS = [str.maketrans("0123456789", "".join(random.Random(k).sample("0123456789", 10))) for k in range(16)]


def cell(text):
    if any(c in text for c in ',"\n\r'):
        return '"' + text.replace('"', '""') + '"'
    return text


def stamp(minute):
    day, minute = divmod(minute % (336 * 1440), 1440)
    month, day = divmod(day, 28)
    return f"2026-{month + 1:02}-{day + 1:02} {minute // 60:02}:{minute % 60:02}:00"


def write_messages(path, dialogues, wanted, rng):
    rows = conversation = 0
    with open(path, "w", encoding="utf-8") as file:
        file.write("message_id,conversation,customer,time,speaker,agent,channel,text\n")
        while rows < wanted:
            turns = dialogues[conversation % len(dialogues)]
            customer = rng.randrange(max(1, wanted // 16))
            begin = rng.randrange(336 * 1440)
            table = DIGITS[rng.randrange(16)]
            lines = []
            for index, (speaker, text) in enumerate(turns[:wanted - rows]):
                ending = ENDINGS[rng.randrange(8)] if speaker == "customer" else ""
                lines.append(f"m{rows + index},c{conversation},u{customer},{stamp(begin + index)},{speaker},"
                             f"{'a%d' % (customer % 40) if speaker == 'agent' else ''},hotline,"
                             f"{cell(text.translate(table) + ending)}\n")
            file.write("".join(lines))
            rows += len(lines)
            conversation += 1
    return rows


def write_orders(path, wanted, customers, rng):
    with open(path, "w", encoding="utf-8") as file:
        file.write("order_id,customer,time,product,quantity,amount,currency\n")
        for order in range(wanted):
            file.write(f"o{order},u{rng.randrange(customers)},{stamp(rng.randrange(336 * 1440))},"
                       f"{GOODS[rng.randrange(8)]},{rng.randrange(1, 4)},{rng.randrange(500, 99900) / 100:.2f},CNY\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("dialogues", nargs="+")
    parser.add_argument("--messages", type=int, default=1_000_000)
    parser.add_argument("--orders", type=int, default=500_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    rng = random.Random(options.seed)
    dialogues = [[(t["speaker"], t["text"]) for t in json.loads(line)["turns"] if t["text"].strip()]
                 for name in options.dialogues for line in open(name, encoding="utf-8")]
    rows = write_messages(options.out / "messages.csv", dialogues, options.messages, rng)
    write_orders(options.out / "orders.csv", options.orders, max(1, options.messages // 16), rng)
    print(f"{rows} messages, {options.orders} orders -> {options.out}")


if __name__ == "__main__":
    main()
