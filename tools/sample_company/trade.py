"""orders.csv and events.jsonl: what was bought, and the looking around before it and without it."""
import datetime
import re

from .dice import Dice, days, moment_of, stamp

# name: price, months in which it sells (all where empty), weight, words searched
GOODS = {
    "LED灯泡5只装": (39.9, (), 9, ("灯泡", "LED灯", "省电灯")), "感应小夜灯": (29.9, (), 6, ("小夜灯", "感应灯")),
    "安全插线板": (69, (), 7, ("插线板", "排插 安全")), "智能插座10A": (89.9, (), 6, ("智能插座", "定时插座")),
    "峰谷定时器": (59, (3, 4, 5, 9, 10), 3, ("峰谷 定时", "定时器")), "漏电保护器": (68, (), 3, ("漏保", "漏电保护器")),
    "静音风扇": (199, (5, 6, 7, 8), 8, ("风扇 静音", "落地扇")), "除湿机16L": (1299, (3, 4, 5, 6), 2, ("除湿机", "回南天")),
    "电热毯（定时断电）": (139, (11, 12, 1, 2, 10), 9, ("电热毯", "电热毯 老人")), "便携充电枪": (899, (), 1, ("充电枪", "随车充")),
    "1.5匹变频空调（一级能效）": (2599, (5, 6, 7), 2, ("空调 一级能效", "1.5匹 空调")), "家用储能电源2度": (3299, (7, 8, 9), 2, ("储能", "停电 备用电源")),
    "空气能热水器200L": (4580, (10, 11, 12, 1), 1, ("空气能", "热水器 省电")), "智充7kW家用充电桩": (2699, (), 1, ("充电桩", "家用充电桩 7kw"))}
FOR_COMPANIES = {"LED灯泡5只装": (39.9, 10, 40), "安全插线板": (69, 5, 20), "商用冷柜保养": (380, 1, 4), "能效诊断": (2800, 1, 1),
                 "漏电保护器": (68, 4, 20)}
IDLE_LOOKS = ("充电桩", "光伏 回本", "储能", "省电神器", "空气能 划算吗", "峰谷电价 合适吗", "除湿机", "静音风扇", "电热毯", "空调 能效")
DOUBTS = ("对比", "参数表下载", "评价", "保修条款")
BILL_WORDS = ("按月结算", "阶梯电价 怎么算", "档位", "为什么电费变多")
CONTRACT_PAGES = ("购售电合同", "合同到期与解约", "偏差考核说明")
FIRST_EVENT, FIRST_ORDER = 10001, 1001
OUTAGE = "2026-07-18"


class Order:
    def __init__(self, customer, time, product, amount, quantity, returned=False):
        self.customer, self.time, self.product = customer, time, product
        self.amount, self.quantity, self.returned = amount, quantity, returned


def _told_orders(source):
    """Those the talks tell of; an order that was sent back is told by a later act of the same customer."""
    back = {(talk.customer, act["return"]) for talk in source.talks for act in talk.acts_with("return")}
    orders = []
    for talk in source.talks:
        for act in talk.acts_with("order"):
            name, amount = act["order"], act["amount"]
            price = GOODS.get(name, (0,))[0]
            count = amount / price if price else 1
            quantity = round(count) if count >= 2 and abs(count - round(count)) < 0.15 else 1
            time = moment_of(act.get("time") or talk.time) + datetime.timedelta(seconds=len(talk.id) * 7 % 60)
            orders.append(Order(talk.customer, time, name, amount, quantity, (talk.customer, name) in back))
    return orders


def _household_orders(seed, source):
    months = [(2025, 11), (2025, 12), *((2026, month) for month in range(1, 11))]
    for customer in source.drawn():
        if customer.company:
            continue
        dice = Dice(seed, "orders", customer.id)
        for year, month in months:
            if not dice.chance(0.075) or customer.truth.get("bond") == "leave":
                continue
            fitting = [(name, goods[2]) for name, goods in GOODS.items() if not goods[1] or month in goods[1]]
            name = dice.weighted(fitting)
            price = GOODS[name][0]
            quantity = dice.weighted([(1, 6), (2, 2), (3, 1)]) if price < 100 else 1
            time = dice.moment(datetime.datetime(year, month, dice.whole(1, 28)), 9, 23)
            yield Order(customer.id, time, name, round(price * quantity, 2), quantity)


def _company_orders(seed, source):
    for customer in source.drawn():
        dice = Dice(seed, "orders", customer.id)
        if not customer.company or customer.truth.get("bond") in ("leave", "waver"):
            continue
        for _ in range(dice.whole(0, 3)):
            name = dice.pick(sorted(FOR_COMPANIES))
            price, low, high = FOR_COMPANIES[name]
            quantity = dice.whole(low, high)
            time = dice.moment(moment_of("2025-11-03") + datetime.timedelta(days=dice.whole(0, 355)), 9, 17.5)
            yield Order(customer.id, time, name, round(price * quantity, 2), quantity)


def orders(seed, source):
    told = _told_orders(source)
    has = {(order.customer, order.product) for order in told}
    drawn = [order for order in [*_household_orders(seed, source), *_company_orders(seed, source)]
             if (order.customer, order.product) not in has]
    return sorted(told + drawn, key=lambda order: (order.time, order.customer, order.product))


def _written(dice, amount):
    """An amount as one of the tills writes it."""
    plain = f"{amount:.2f}"
    if amount >= 1000 and dice.chance(0.2):
        return f"{amount:,.2f}"
    return dice.weighted([(plain, 8), (f"¥{amount:g}", 2)])


def order_rows(seed, source, made):
    rows = [dict(row, 状态="已完成") for row in source.kept("orders")] if _with_kept(source) else []
    for number, order in enumerate(made, FIRST_ORDER):
        rows.append({"订单号": f"DD{order.time:%y%m}{number}", "客户编号": order.customer, "下单时间": stamp(order.time), "商品": order.product,
                     "数量": order.quantity, "金额": _written(Dice(seed, "amount", number), order.amount), "币种": "CNY",
                     "状态": "已退款" if order.returned else "已完成"})
    return sorted(rows, key=lambda row: row["下单时间"])


def _with_kept(source):
    return any(customer.kept for customer in source.customers.values())


class Trail:
    """Steps of visits to the app and the shop."""

    def __init__(self):
        self.steps = []

    def add(self, customer, time, kind, channel, target=None):
        self.steps.append((time, customer, kind, channel, target))


def _words_for(dice, product):
    if product in GOODS:
        return dice.pick(GOODS[product][3])
    return re.split("[（(0-9]", product)[0] or product


def _before_an_order(seed, order, number, trail):
    """One to three visits over days: a search, looks, sometimes a comparison, then the order."""
    dice = Dice(seed, "way", number)
    dear = order.amount > 500
    for visit in range(dice.whole(1, 3) if dear else 1, 0, -1):
        time = order.time - datetime.timedelta(days=(visit - 1) * dice.whole(1, 5), minutes=dice.whole(4, 28))
        trail.add(order.customer, time, "login", "app")
        if dice.chance(0.6):
            trail.add(order.customer, time + datetime.timedelta(seconds=dice.whole(12, 60)), "search", "shop", _words_for(dice, order.product))
        trail.add(order.customer, time + datetime.timedelta(seconds=dice.whole(70, 140)), "view", "shop", order.product)
        if dear and dice.chance(0.5):
            trail.add(order.customer, time + datetime.timedelta(seconds=dice.whole(150, 220)), "click", "shop", dice.pick(DOUBTS))


def _told_looks(source, trail):
    for talk in source.talks:
        for act in talk.acts:
            for kind in ("search", "view"):
                if kind in act:
                    time = moment_of(act.get("time") or talk.time)
                    trail.add(talk.customer, time + datetime.timedelta(seconds=17), kind, "shop", act[kind])


def _idle_looks(seed, source, trail):
    """Browsing that leads nowhere."""
    for customer in source.drawn():
        dice = Dice(seed, "looks", customer.id)
        for _ in range(dice.weighted([(0, 4), (1, 3), (2, 2), (4, 1)])):
            day = moment_of("2025-11-02") + datetime.timedelta(days=dice.whole(0, 360))
            time = dice.moment(day, 8.5, 17) if customer.company else dice.moment(day, 18.5, 23.5)
            trail.add(customer.id, time, "login", "app")
            trail.add(customer.id, time + datetime.timedelta(seconds=dice.whole(20, 90)), "search", "shop", dice.pick(IDLE_LOOKS))
            if dice.chance(0.6):
                trail.add(customer.id, time + datetime.timedelta(seconds=dice.whole(100, 300)), "view", "shop", dice.pick(sorted(GOODS)))


def _bill_looks(seed, source, trail):
    """The bill in the app: a tenth of the customers in a month, a third in March and April."""
    for customer in source.drawn():
        dice = Dice(seed, "bills", customer.id)
        for month in range(12):
            year, number = (2025, 11 + month) if month < 2 else (2026, month - 1)
            stirred = number in (3, 4) and not customer.company
            if not dice.chance(0.33 if stirred else 0.1):
                continue
            time = dice.moment(datetime.datetime(year, number, dice.whole(4 if stirred else 2, 27)), 8, 23)
            trail.add(customer.id, time, "login", "app")
            trail.add(customer.id, time + datetime.timedelta(seconds=dice.whole(15, 60)), "view", "app", "电子账单")
            if stirred:
                trail.add(customer.id, time + datetime.timedelta(seconds=dice.whole(70, 200)), "search", "app", dice.pick(BILL_WORDS))


def _outage_looks(seed, source, trail):
    for customer in source.drawn():
        dice = Dice(seed, "dark", customer.id)
        if customer.district not in ("望江区", "石桥区") or not dice.chance(0.55):
            continue
        time = dice.moment(moment_of(OUTAGE), 18.75, 20.5)
        for _ in range(dice.whole(1, 5)):
            trail.add(customer.id, time, "view", "app", "停电公告")
            time += datetime.timedelta(minutes=dice.whole(9, 80))


def _bookings(seed, source, trail):
    """From the day the second counter opened, a number can be booked."""
    people = [customer for customer in source.drawn() if customer.district == "望江区"]
    for day in days("2026-08-12", "2026-10-31"):
        dice = Dice(seed, "booking", day.date())
        for customer in dice.several(people, dice.whole(0, 2)):
            trail.add(customer.id, dice.moment(day, 7.5, 20), "click", "app", "预约取号 望江营业厅")


def _leaving_looks(seed, source, trail):
    """Companies that think of leaving read their contract."""
    for customer in source.drawn():
        dice = Dice(seed, "leaving", customer.id)
        if customer.company and customer.truth.get("bond") in ("leave", "waver"):
            for _ in range(dice.whole(1, 3)):
                time = dice.moment(moment_of("2026-05-11") + datetime.timedelta(days=dice.whole(0, 150)), 9, 18)
                trail.add(customer.id, time, "login", "app")
                trail.add(customer.id, time + datetime.timedelta(seconds=50), "view", "app", dice.pick(CONTRACT_PAGES))


def event_rows(seed, source, made):
    trail = Trail()
    for number, order in enumerate(made, FIRST_ORDER):
        _before_an_order(seed, order, number, trail)
    _told_looks(source, trail)
    for looks in (_idle_looks, _bill_looks, _outage_looks, _bookings, _leaving_looks):
        looks(seed, source, trail)
    rows = [{name: row[name] for name in row if row[name]} for row in source.kept("events")] if _with_kept(source) else []
    steps = sorted(trail.steps, key=lambda step: (step[0], step[1], step[2], step[4] or ""))
    for number, (time, customer, kind, channel, target) in enumerate(steps, FIRST_EVENT):
        if not moment_of("2025-11-01") <= time < moment_of("2026-11-01"):
            continue
        row = {"id": f"E{number}", "customer": customer, "time": time.strftime("%Y-%m-%dT%H:%M:%S+08:00"), "type": kind, "channel": channel}
        rows.append({**row, "target": target} if target else row)
    return sorted(rows, key=lambda row: row["time"])
