"""Messages: every turn gets its second, its id and, outside the shop, its conversation."""
import datetime

from .dice import Dice, moment_of, stamp

# channel -> what it is called in the files; letters of its conversation ids
NAMES = {"hotline": ("热线", "RX"), "wechat": ("微信", "WX"), "hall": ("营业厅", "TY"), "email": ("邮件", "YJ"),
         "weibo": ("weibo", "WB"), "shop": ("shop", "SC")}
SPEAKERS = {"c": "客户", "a": "客服", "b": "机器人"}
ENGLISH = {"c": "customer", "a": "agent", "b": "bot"}
# seconds before a turn of the customer, of the agent, and for each character that is said or typed
PACE = {"hotline": (2, 5, 2, 6, 0.23), "hall": (3, 9, 3, 9, 0.25), "wechat": (15, 160, 35, 260, 0.5),
        "shop": (20, 110, 25, 120, 0.4), "weibo": (240, 3600, 400, 3400, 0.6), "email": (2400, 15000, 2000, 14000, 1.0)}
BOT_SECONDS = 2
FIRST_NEW_ID = 10001
KEY_ACCOUNTS = ("邢远", "白璐")
HALL_OF = {"石岚": "望江", "杜鹃": "望江", "保安": "望江", "罗平": "临湖", "彭越": "石桥"}
REPAIR = ("赵师傅", "秦师傅", "抢修班", "装表班")


class Message:
    def __init__(self, talk, conversation, message, time, turn):
        self.talk, self.conversation, self.id, self.time = talk, conversation, message, time
        self.who, self.text = turn[0], turn[1]
        self.agent = _agent(talk, turn)


def _agent(talk, turn):
    if turn[0] == "c":
        return ""
    if turn[0] == "b":
        return "小澜"
    return turn[3] if len(turn) > 3 else talk.agent


def hall_name(hall):
    return "云溪便民点" if hall == "云溪" else f"{hall}营业厅"


def department(talk):
    if talk.hall:
        return hall_name(talk.hall)
    if talk.agent in KEY_ACCOUNTS:
        return "大客户部"
    if talk.agent in HALL_OF:
        return hall_name(HALL_OF[talk.agent])
    if talk.agent in REPAIR:
        return "抢修班" if talk.agent in ("赵师傅", "抢修班") else "装表班"
    if talk.agent == "孟晓棠":
        return "商城"
    return "客服中心" if talk.channel == "hotline" else "在线客服"


def _gap(dice, channel, turn):
    """Seconds between the turn before and this one."""
    customer_low, customer_high, agent_low, agent_high, each = PACE[channel]
    if turn[0] == "b":
        return BOT_SECONDS
    low, high = (customer_low, customer_high) if turn[0] == "c" else (agent_low, agent_high)
    return dice.between(low, high) + each * min(len(turn[1]), 100)


def _first_second(dice, talk):
    start = moment_of(talk.time)
    return start if len(talk.time) > 16 else start + datetime.timedelta(seconds=dice.whole(0, 59))


def turn_times(seed, talk):
    """Ascending; turns with a time of their own keep it, and what would run past the next of these is pressed together."""
    dice = Dice(seed, "times", talk.id)
    anchors = {0: _first_second(dice, talk)}
    for place, turn in enumerate(talk.turns):
        if len(turn) > 2:
            exact = moment_of(turn[2])
            anchors[place] = exact if len(turn[2]) > 16 or talk.kept else exact + datetime.timedelta(seconds=dice.whole(0, 59))
    places = sorted(anchors)
    for before, place in zip(places, places[1:]):
        earliest = anchors[before] + datetime.timedelta(seconds=place - before)
        anchors[place] = max(anchors[place], earliest)
    times = []
    for begin, end in zip(places, places[1:] + [len(talk.turns)]):
        gaps = [0.0] + [_gap(dice, talk.channel, turn) for turn in talk.turns[begin + 1:end]]
        room = (anchors[end] - anchors[begin]).total_seconds() - 1 if end in anchors else None
        if room is not None and sum(gaps) > max(0.0, 0.9 * room):
            gaps = [gap * 0.9 * room / sum(gaps) for gap in gaps]
        passed = 0.0
        for gap in gaps:
            passed += gap
            times.append(anchors[begin] + datetime.timedelta(seconds=int(passed)))
    return _after_each_other(times)


def _after_each_other(times):
    for place in range(1, len(times)):
        if times[place] <= times[place - 1]:
            times[place] = times[place - 1] + datetime.timedelta(seconds=1)
    return times


def _conversation(talk, taken):
    """`RX-260309-2001`: channel, day, customer; a letter where that is taken."""
    if talk.kept:
        return talk.id
    day = talk.time[2:10].replace("-", "")
    stem = f"{NAMES[talk.channel][1]}-{day}-{talk.customer[1:]}"
    name = next(name for name in [stem, *(stem + letter for letter in "bcdefgh")] if name not in taken)
    taken.add(name)
    return name


def _message_ids(talk, next_id):
    if not talk.kept:
        return [f"M{next_id + place}" for place in range(len(talk.turns))]
    if isinstance(talk.ids, list):
        return talk.ids
    first = int(talk.ids[1:])
    return [f"M{first + place:05}" for place in range(len(talk.turns))]


def messages(seed, source):
    """Conversations in the order of their first message, each a list of messages."""
    timed = sorted(((turn_times(seed, talk), talk.id, talk) for talk in source.talks), key=lambda one: (one[0][0], one[1]))
    out, taken, next_id = [], set(), FIRST_NEW_ID
    for times, _, talk in timed:
        conversation, ids = _conversation(talk, taken), _message_ids(talk, next_id)
        next_id += 0 if talk.kept else len(talk.turns)
        out.append([Message(talk, conversation, message, time, turn) for message, time, turn in zip(ids, times, talk.turns)])
    return out


def message_rows(conversations, broken):
    """messages.csv, with the rows that are broken or repeated on purpose where they belong."""
    after = {}
    for row in broken:
        after.setdefault(row["after"], []).append(row)
    rows = []
    for conversation in conversations:
        if conversation[0].talk.channel == "weibo" or conversation[0].talk.chat:
            continue
        for message in conversation:
            talk = message.talk
            rows.append({"消息编号": message.id, "会话": message.conversation, "客户编号": talk.customer, "时间": stamp(message.time),
                         "说话人": SPEAKERS[message.who], "坐席": message.agent, "部门": department(talk),
                         "渠道": NAMES[talk.channel][0], "内容": message.text})
            for row in after.get(message.id, []):
                rows.append({**{name: row[name] for name in row if name != "after"}, "部门": department(talk)})
    return rows


def weibo_rows(conversations, handles):
    return [{"id": message.id, "conversation": message.conversation,
             "handle": message.talk.handle or handles[message.talk.customer, "weibo"],
             "time": message.time.strftime("%Y-%m-%dT%H:%M:%S+08:00"), "speaker": ENGLISH[message.who], "agent": message.agent,
             "channel": "weibo", "text": message.text}
            for conversation in conversations if conversation[0].talk.channel == "weibo" for message in conversation]


def chat_rows(conversations, handles):
    """shop_chat.tsv: by account name where the customer has one in the shop, else by number; no conversation ids."""
    rows = []
    for conversation in conversations:
        talk = conversation[0].talk
        handle = talk.handle or ("" if talk.kept else handles.get((talk.customer, "shop"), ""))
        if talk.chat and talk.channel != "weibo":
            rows += [{"id": message.id, "customer": "" if handle else talk.customer, "handle": handle, "channel": talk.channel,
                      "time": stamp(message.time), "speaker": ENGLISH[message.who], "agent": message.agent, "text": message.text}
                     for message in conversation]
    return rows
