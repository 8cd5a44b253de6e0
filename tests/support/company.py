"""Makes a company of invented customers, any size, the same for the same seed."""
import csv
import datetime
import random

SAID = {
    "customer": [
        "你好，我想问一下这个月的账单为什么多了{n}块？", "我等了{n}天了，到底什么时候能送到？", "太慢了，每次都要催，真的很失望。",
        "谢谢你，问题解决了，服务很好。", "上次说好{n}天内退款，到现在一分钱没看到，你们是不是在骗人？", "再这样我就投诉到监管部门去！",
        "我想换个套餐，有没有便宜一点的？", "这款和别家比贵{n}块，好在哪里？", "装师傅很专业，孩子也喜欢，下次还来。",
        "我妈一个人在家，没有电她会害怕的，麻烦快一点。", "能不能保证明天一定修好？", "说明书看不懂，你能一步一步教我吗？",
        "算了，不想再说了，你们自己看着办吧。", "质量一般，用了{n}天就坏了。", "行，那我先下单，明天记得发货。", "我已经说了{n}遍了，你们能不能别再转来转去！",
        "挺好的，比我想的快。", "请问营业厅周末开门吗？", "发票什么时候能开？公司等着报销。", "不好意思打扰了，想确认一下地址有没有写对。",
        "Is there any discount if I order {n} of them?", "I have been waiting for {n} days and nobody called me back.",
        "Thank you, that was quick and very helpful.", "This is the third time it broke, I want my money back."],
    "agent": [
        "您好，很高兴为您服务，请问有什么可以帮您？", "非常抱歉给您带来不便，我马上为您查询。", "我这边给您登记，{n}小时内会有专人联系您。",
        "您的心情我理解，我来帮您跟进到底。", "这个不归我们部门管，您打另一个电话吧。", "已经为您申请退款，预计{n}个工作日到账。",
        "请您提供一下订单号，我核实一下。", "好的，还有其他问题吗？", "系统显示正常，请您自己再看看。", "感谢您的反馈，祝您生活愉快。",
        "I am sorry to hear that, let me check it for you.", "Your refund will arrive within {n} days."],
    "bot": ["您好，我是智能助手。请选择：1 账单 2 报修 3 人工", "没有听懂您的问题，请换个说法。"]}
CHANNELS = ["微信", "hotline", "shop", "weibo"]
GOODS = ["节能灯", "插线板", "热水器", "充电桩"]
START = datetime.datetime(2025, 11, 1, 8, 0, 0)


def stamp(second):
    return (START + datetime.timedelta(seconds=second)).strftime("%Y-%m-%d %H:%M:%S")


def message_rows(rng, messages, customers):
    """Dicts of the messages table; no two messages of a customer have the same time."""
    rows, clock, conversation = [], {}, 0
    while len(rows) < messages:
        customer = rng.randrange(customers)
        channel = rng.choice(CHANNELS)
        second = clock.get(customer, rng.randrange(250 * 86400)) + rng.randrange(7200, 20 * 86400)
        named = rng.random() < 0.7  # else the conversation is found by its gap of silence
        conversation += 1
        for _ in range(min(rng.randrange(2, 14), messages - len(rows))):
            speaker = rng.choices(["customer", "agent", "bot"], [10, 8, 1])[0]
            rows.append({"message_id": f"M{len(rows):06}", "conversation": f"T{conversation:05}" if named else "",
                         "customer": f"K{customer:05}", "channel": channel, "time": stamp(second), "speaker": speaker,
                         "agent": f"坐席{customer % 9}" if speaker == "agent" else "",
                         "text": rng.choice(SAID[speaker]).format(n=rng.randrange(2, 400))})
            second += rng.randrange(5, 240)
        clock[customer] = second
    return rows


def order_rows(rng, orders, customers):
    return [{"order_id": f"D{i:06}", "customer": f"K{rng.randrange(customers):05}", "time": stamp(rng.randrange(300 * 86400)),
             "product": rng.choice(GOODS), "quantity": rng.randrange(1, 5), "amount": f"{rng.randrange(900, 99000) / 100:.2f}",
             "currency": "CNY"} for i in range(orders)]


def customer_rows(customers):
    """Every tenth shares the phone of the one before, so that people are linked."""
    return [{"customer": f"K{i:05}", "name": f"客户{i}", "phone": f"138{(i - 1 if i % 10 == 1 else i):08}", "region": "清澜市"}
            for i in range(customers)]


def write_csv(path, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def make(folder, messages, orders, seed=1):
    """customers.csv, messages.csv and orders.csv with about eight messages a customer."""
    rng = random.Random(seed)
    customers = max(3, messages // 8)
    folder.mkdir(parents=True, exist_ok=True)
    write_csv(folder / "customers.csv", customer_rows(customers))
    write_csv(folder / "messages.csv", message_rows(rng, messages, customers))
    write_csv(folder / "orders.csv", order_rows(rng, orders, customers))
    return folder
