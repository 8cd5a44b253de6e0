"""usage.csv: a reading at the end of every month."""
import datetime
import re

from .dice import Dice

MONTHS = [(2025, 11), (2025, 12), *((2026, month) for month in range(1, 11))]
HOUSEHOLDS, COMPANIES = 126, 33
FIRST_READING = 1001
# how much more than in a mild month: for heating, for cooling
HEATING = {11: 0.15, 12: 0.6, 1: 0.9, 2: 0.6, 3: 0.2}
COOLING = {6: 0.35, 7: 1.0, 8: 0.9, 9: 0.3}
SUN = {11: 0.6, 12: 0.5, 1: 0.5, 2: 0.6, 3: 0.9, 4: 1.1, 5: 1.25, 6: 1.1, 7: 1.4, 8: 1.35, 9: 1.1, 10: 0.9}
# A boiler that dripped hot water from the end of December until the middle of March (the talks of C2001 tell it).
LEAK = {"C2001": (248.0, 287.4, 531.2, 478.6, 382.9, 247.3, 231.0, 252.8, 318.4, 309.9, 246.1, 238.7)}
TELLS_OF_READINGS = re.compile(r"[0-9一二三四五六七八九十百]\s*度(?!角)|kWh|千瓦时|电费|账单|\bunits?\b|bill")


def _silent_on_readings(source, customer):
    """No figure of the talks can then contradict what is drawn."""
    return not any(TELLS_OF_READINGS.search(turn[1]) for talk in source.talks_of(customer.id) for turn in talk.turns)


def _chosen(seed, source):
    dice = Dice(seed, "meters")
    quiet = [customer for customer in source.drawn() if customer.id not in LEAK and _silent_on_readings(source, customer)]
    loud = [customer for customer in source.drawn() if customer.id not in LEAK and customer.company and customer not in quiet]
    homes = dice.several([customer for customer in quiet if not customer.company], HOUSEHOLDS - len(LEAK))
    firms = [customer for customer in quiet if customer.company]
    firms += dice.several(loud, COMPANIES - len(firms)) if len(firms) < COMPANIES else []
    return homes + [source.customers[name] for name in LEAK if name in source.customers], firms[:COMPANIES]


def _roof(source, customer, dice):
    """(first month with panels on the roof, how strong) or nothing."""
    for talk in source.talks_of(customer.id):
        for act in talk.acts_with("order"):
            if "光伏" in act["order"]:
                return act["time"][:7] if "time" in act else talk.time[:7], 380
    return ("2025-01", dice.between(120, 300)) if dice.chance(0.04) else None


def _home_readings(seed, source, customer):
    if customer.id in LEAK:
        return LEAK[customer.id]
    dice = Dice(seed, "home", customer.id)
    base, heat, cool = dice.between(70, 210), dice.between(0.1, 1.2), dice.between(0.3, 1.5)
    roof = _roof(source, customer, dice)
    out = []
    for year, month in MONTHS:
        used = base * (1 + heat * HEATING.get(month, 0) + cool * COOLING.get(month, 0)) * dice.between(0.92, 1.08)
        if roof and f"{year}-{month:02}" > roof[0]:
            used = max(6.0, used - roof[1] * 0.35 * SUN[month])
        out.append(used)
    return out


def _company_readings(seed, customer):
    dice = Dice(seed, "firm", customer.id)
    base, cool = dice.weighted([(2400, 3), (8000, 4), (26000, 3), (90000, 1)]) * dice.between(0.6, 1.6), dice.between(0.05, 0.6)
    holiday = 1 - dice.between(0.1, 0.45)
    return [base * (1 + cool * COOLING.get(month, 0)) * (holiday if month == 2 else 1) * dice.between(0.95, 1.05) for _, month in MONTHS]


def _last_day(year, month):
    return datetime.date(year + month // 12, month % 12 + 1, 1) - datetime.timedelta(days=1)


def usage_rows(seed, source):
    homes, firms = _chosen(seed, source) if source.drawn() else ([], [])
    rows = source.kept("usage") if any(customer.kept for customer in source.customers.values()) else []
    number = FIRST_READING
    for customer in sorted([*homes, *firms], key=lambda customer: customer.id):
        readings = _company_readings(seed, customer) if customer.company else _home_readings(seed, source, customer)
        for (year, month), quantity in zip(MONTHS, readings):
            rows.append({"reading_id": f"U{number}", "customer": customer.id, "date": _last_day(year, month).isoformat(), "kwh": f"{quantity:.1f}"})
            number += 1
    return rows
