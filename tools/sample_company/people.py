"""customers.csv and identities.csv."""
from .dice import Dice

SYLLABLES = ("qing", "lan", "xiao", "mu", "bei", "yu", "shan", "he", "lin", "chen", "ke", "an", "zhi", "tang", "nan", "xi", "bo", "ran")
REGISTERED_BIRTHDAYS = 0.8


def _birth(seed, customer):
    if customer.company or not customer.born:
        return ""
    dice = Dice(seed, "birth", customer.id)
    return f"{customer.born}-{dice.whole(1, 12):02}-{dice.whole(1, 28):02}" if dice.chance(REGISTERED_BIRTHDAYS) else ""


def customer_rows(seed, source):
    return [{"客户编号": customer.id, "姓名": customer.name, "类型": "企业" if customer.company else "个人", "出生日期": _birth(seed, customer),
             "注册日期": customer.since, "城市": "清澜市" + customer.district, "电话": customer.phone}
            for customer in sorted(source.customers.values(), key=lambda customer: customer.id)]


def _account_name(dice, style):
    word = "".join(dice.pick(SYLLABLES) for _ in range(2))
    return f"wx_{word}{dice.whole(10, 9999)}" if style == "wechat" else f"{word}_{dice.whole(2, 99)}"


def _address(customer):
    if customer.lang == "en" and not customer.company and customer.name.isascii():
        words = customer.name.lower().replace("'", "").replace("-", "").split()
        return f"{words[0][0]}.{words[-1]}@example.com"
    return f"{'office' if customer.company else 'q'}{customer.number}@example.com"


def identity_rows(seed, source):
    """Kept rows, then one for each channel a customer wrote or called on."""
    rows = list(source.kept("identities")) if source.talks[0].kept or any(talk.kept for talk in source.talks) else []
    written = {(row["customer"], row["channel"]): row["handle"] for row in source.handles()}
    taken = set()
    for customer in source.drawn():
        dice = Dice(seed, "handles", customer.id)
        channels = {talk.channel for talk in source.talks_of(customer.id)}
        for channel in ("weibo", "wechat", "shop", "email", "hotline"):
            if channel not in channels or channel == "shop" and not dice.chance(0.4):
                continue
            handle = written.get((customer.id, channel)) or _handle(dice, customer, channel, taken)
            rows.append({"customer": customer.id, "channel": channel, "handle": handle})
    return rows


def _handle(dice, customer, channel, taken):
    if channel == "hotline":
        return customer.phone
    if channel == "email":
        return _address(customer)
    if channel == "weibo":
        raise SystemExit(f"sample/source/handles.csv has no Weibo name of {customer.id}")
    handle = _account_name(dice, channel)
    while handle in taken:
        handle = _account_name(dice, channel)
    taken.add(handle)
    return handle
