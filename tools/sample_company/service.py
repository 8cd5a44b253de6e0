"""touchpoints.csv, responses.csv and observations.csv: visits with their waits, calls, cases, answers, cards."""
import datetime

from .dice import Dice, days, moment_of, stamp
from .talks import hall_name

SECOND_COUNTER = "2026-08-12"
WANGJIANG_MINUTES = {"2025-11": 58, "2025-12": 68, "2026-01": 86, "2026-02": 96, "2026-03": 104, "2026-04": 108, "2026-05": 122,
                     "2026-06": 152, "2026-07": 168, "2026-08": 164}
HALLS = {"望江": ("望江区",), "石桥": ("石桥区", "石桥镇"), "临湖": ("临湖区", "大学城"), "云溪": ("云溪县",)}
VISITS_A_DAY = {"望江": 2.6, "石桥": 1.1, "临湖": 0.9, "云溪": 0.3}
SUNDAY = 6
CLOSED = ("2026-01-01", "2026-10-01", *(f"2026-02-{day}" for day in (16, 17, 18, 19)))  # New Year, National Day, Spring Festival
FIRST_CASE, FIRST_RESPONSE, FIRST_CARD = 1001, 1001, 1001
OUTAGE_NIGHT = ("2026-07-18 18:40", "2026-07-19 02:30")


class Visit:
    """At a counter from `start` to `end` after `wait` minutes."""

    def __init__(self, customer, hall, start, end, wait):
        self.customer, self.hall, self.start, self.end, self.wait = customer, hall, start, end, wait
        self.counter = "窗口1"

    @property
    def ticket(self):
        return self.start - datetime.timedelta(minutes=self.wait)


def usual_wait(dice, hall, day):
    """Minutes: in Wangjiang longer from month to month until the second counter, elsewhere short."""
    if hall == "望江" and stamp(day)[:10] < SECOND_COUNTER:
        mean = WANGJIANG_MINUTES[stamp(day)[:7]]
        return max(20.0, dice.normal(mean, 0.14 * mean))
    return max(1.0, dice.normal(8.6, 2.8) if hall == "望江" else dice.normal(4.6, 2.4))


def _told_visits(seed, conversations):
    for conversation in conversations:
        talk = conversation[0].talk
        if not talk.hall or talk.kept:
            continue
        dice = Dice(seed, "visit", talk.id)
        start = conversation[0].time
        same_day = [message.time for message in conversation if message.time - start < datetime.timedelta(hours=3)]
        told = talk.acts_with("wait")
        opened = (start - start.replace(hour=8, minute=0, second=0)).total_seconds() / 60
        wait = told[0]["wait"] if told else max(1.0, min(usual_wait(dice, talk.hall, start), opened))
        yield Visit(talk.customer, talk.hall, start, same_day[-1] + datetime.timedelta(seconds=dice.whole(60, 420)), wait)


def _free_counter(visit, taken):
    """A counter that nobody stands at, or none. `taken`: (hall, day) -> visits."""
    two = visit.hall != "望江" or stamp(visit.start)[:10] >= SECOND_COUNTER
    there = taken.get((visit.hall, visit.start.date()), [])
    for counter in ("窗口1", "窗口2") if two else ("窗口1",):
        if all(other.counter != counter or other.end <= visit.start or other.start >= visit.end for other in there):
            return counter
    return None


def _place(visit, taken):
    visit.counter = _free_counter(visit, taken)
    if not visit.counter:  # two talks at one counter at once: the first made room for the second
        visit.counter = "窗口1"
        for other in taken[visit.hall, visit.start.date()]:
            if other.counter == visit.counter and other.start < visit.start < other.end:
                other.end = visit.start
    taken.setdefault((visit.hall, visit.start.date()), []).append(visit)


def _visits_of_a_day(dice, mean, day):
    if stamp(day)[:10] in CLOSED:
        return 0
    mean = 0.4 * mean if day.weekday() == SUNDAY else mean
    return int(mean) + int(dice.chance(mean % 1)) + dice.whole(-1, 1) * int(mean > 2)


def _silent_visits(seed, source, taken):
    """Visits of which no words were noted, by people of whom no words tell in a hall; never two at one counter at once."""
    heard = {talk.customer for talk in source.talks if talk.hall}
    people = {hall: [customer for customer in source.drawn() if customer.district in districts and not customer.company and customer.id not in heard]
              for hall, districts in HALLS.items()}
    for hall, mean in VISITS_A_DAY.items():
        for day in days("2025-11-01", "2026-10-31"):
            dice = Dice(seed, "visits", hall, day.date())
            for _ in range(_visits_of_a_day(dice, mean, day)):
                wait = usual_wait(dice, hall, day)
                start = dice.moment(day, 8.05, 16.2) + datetime.timedelta(minutes=wait)
                visit = Visit(dice.pick(people[hall]).id, hall, start, start + datetime.timedelta(seconds=dice.whole(150, 900)), wait)
                if _free_counter(visit, taken):
                    _place(visit, taken)
                    yield visit


def visits(seed, source, conversations):
    """(those of talks, those without words)."""
    told, taken = list(_told_visits(seed, conversations)), {}
    for visit in told:
        _place(visit, taken)
    return told, list(_silent_visits(seed, source, taken))


def _visit_steps(visit):
    ticket = visit.ticket
    shown = ticket - datetime.timedelta(seconds=40)
    return [("取号", shown, ticket, "叫号机"), ("等候", ticket, visit.start, hall_name(visit.hall)),
            ("窗口办理", visit.start, visit.end, visit.counter)]


def _queue_seconds(dice, start):
    if OUTAGE_NIGHT[0] <= stamp(start)[:16] <= OUTAGE_NIGHT[1]:
        return dice.whole(240, 1500)
    return dice.whole(60, 420) if "2026-03-02" <= stamp(start)[:10] <= "2026-04-20" else dice.whole(6, 70)


def _calls(seed, conversations):
    for conversation in conversations:
        talk = conversation[0].talk
        if talk.kept or talk.channel != "hotline":
            continue
        start = conversation[0].time
        call = [message for message in conversation if message.time - start < datetime.timedelta(minutes=40)]
        queue = start - datetime.timedelta(seconds=_queue_seconds(Dice(seed, "queue", talk.id), start))
        yield talk.customer, [("热线排队", queue, start, "热线"), ("热线通话", start, call[-1].time + datetime.timedelta(seconds=8), talk.agent)]


def _cases(source):
    for talk in source.talks:
        steps = talk.acts_with("step")
        if steps:
            yield talk.customer, [(act["step"], moment_of(act["start"]), moment_of(act["end"]), act["by"]) for act in steps]


def touchpoint_rows(seed, source, conversations, told, silent):
    cases = [(visit.customer, _visit_steps(visit)) for visit in [*told, *silent]]
    cases += [*_calls(seed, conversations), *_cases(source)]
    cases.sort(key=lambda case: (case[1][0][1], case[0], case[1][0][0]))
    rows = source.kept("touchpoints") if any(customer.kept for customer in source.customers.values()) else []
    for number, (customer, steps) in enumerate(cases, FIRST_CASE):
        rows += [{"case": f"YT{number}", "activity": activity, "start": stamp(start), "end": stamp(end), "resource": resource,
                  "customer": customer} for activity, start, end, resource in steps]
    return sorted(rows, key=lambda row: (row["start"], row["case"]))


SURVEY = {"hotline": "热线满意度", "hall": "营业厅满意度", "wechat": "在线客服满意度", "email": "在线客服满意度", "shop": "商城满意度", "weibo": "在线客服满意度"}
FIVE = ("有形环境", "可靠", "响应", "保证", "关怀")
QUARTERS = (("2026-01-19", "2025-11-01"), ("2026-04-20", "2026-01-20"), ("2026-07-27", "2026-04-21"), ("2026-10-19", "2026-08-12"))


def _score(value, highest=5):
    return max(1, min(highest, int(value + 0.5)))


def _question(source, talk):
    if source.customers[talk.customer].lang == "en":
        return "How satisfied are you with this contact"
    return "客服解答" if talk.channel == "shop" else "本次服务您满意吗"


def _told_answers(source, talk, end, dice):
    for act in talk.acts:
        time = end + datetime.timedelta(minutes=dice.whole(3, 240), seconds=dice.whole(0, 59))
        if "rating" in act:
            yield talk.customer, time, SURVEY[talk.channel], _question(source, talk), act["rating"], act["of"], act.get("comment", "")
        if "nps" in act:
            company = source.customers[talk.customer].company
            yield talk.customer, time, "NPS", "您有多大可能向同行推荐我们" if company else "您有多大可能向亲友推荐我们", act["nps"], 10, ""


def _talk_answers(seed, source, conversations):
    for conversation in conversations:
        talk = conversation[0].talk
        if talk.kept:
            continue
        dice, end = Dice(seed, "answers", talk.id), conversation[-1].time
        told = list(_told_answers(source, talk, end, dice))
        yield from told
        if not told and talk.channel != "weibo" and dice.chance(0.4):
            score = _score(dice.normal(3.3 + 0.8 * talk.truth["satisfaction"], 0.55))
            time = end + datetime.timedelta(minutes=dice.whole(3, 240), seconds=dice.whole(0, 59))
            yield talk.customer, time, SURVEY[talk.channel], _question(source, talk), score, 5, ""


def _visit_answers(seed, silent):
    """What people say of a wait: about 4.5 of 5 for ten minutes, 3 for an hour, 1.5 for two and a half."""
    for number, visit in enumerate(silent):
        dice = Dice(seed, "wait answer", number)
        if dice.chance(0.16):
            score = _score(dice.normal(4.6 - 0.021 * visit.wait, 0.6))
            yield visit.customer, visit.end + datetime.timedelta(minutes=dice.whole(1, 90)), "营业厅满意度", "本次等候您满意吗", score, 5, ""


def _quarter_answers(seed, source):
    """The quarterly survey in five questions, of people who had to do with the company in the quarter."""
    for day, since in QUARTERS:
        for customer in source.drawn():
            moods = [talk.truth["satisfaction"] for talk in source.talks_of(customer.id) if since <= talk.time[:10] < day]
            dice = Dice(seed, "five", day, customer.id)
            if not moods or not dice.chance(0.3):
                continue
            mean = 3.5 + 0.45 * sum(moods) / len(moods) + dice.normal(0, 0.3)
            crowded = customer.district == "望江区" and day < SECOND_COUNTER
            slow = customer.company and day > "2026-06"
            time = dice.moment(moment_of(day) + datetime.timedelta(days=dice.whole(0, 6)), 9, 21)
            for place, item in enumerate(FIVE):
                less = {"有形环境": 0.7 * crowded, "响应": 0.9 * crowded + 0.6 * slow}.get(item, 0)
                yield customer.id, time + datetime.timedelta(seconds=11 * place), "服务质量五维", item, _score(dice.normal(mean - less, 0.5)), 5, ""


def response_rows(seed, source, conversations, silent):
    answers = [*_talk_answers(seed, source, conversations), *_visit_answers(seed, silent), *_quarter_answers(seed, source)]
    answers.sort(key=lambda answer: (answer[1], answer[0], answer[3]))
    rows = source.kept("responses") if any(customer.kept for customer in source.customers.values()) else []
    for number, (customer, time, survey, item, score, highest, comment) in enumerate(answers, FIRST_RESPONSE):
        rows.append({"答卷编号": f"R{number}", "客户编号": customer, "时间": stamp(time), "问卷": survey, "题目": item, "得分": score,
                     "满分": highest, "评论": comment})
    return sorted(rows, key=lambda row: row["时间"])


def observation_rows(seed, source, conversations):
    cards = []
    for conversation in conversations:
        talk = conversation[0].talk
        for act in talk.acts_with("observe"):
            time = conversation[-1].time + datetime.timedelta(minutes=Dice(seed, "card", talk.id).whole(2, 25))
            cards.append((time, talk.customer, act))
    cards.sort(key=lambda card: (card[0], card[1]))
    rows = source.kept("observations") if any(customer.kept for customer in source.customers.values()) else []
    for number, (time, customer, act) in enumerate(cards, FIRST_CARD):
        rows.append({"observation_id": f"O{number}", "customer": customer, "time": stamp(time), "staff": act["staff"],
                     "construct": act["construct"], "state": act["state"], "note": act["observe"]})
    return sorted(rows, key=lambda row: row["time"])
