"""A person put into a small part of the sample company, with words, numbers and names that occur nowhere else."""
import csv
import json

from checks import small_company

PERSON = "ZQ-88417-EX"
PHONE = "13977665541"
HANDLES = ["wx_probe_88417", "探针小号捌捌肆"]
NAME = "欧阳探针甲"
EMAIL = "probe88417@example.com"
PLACE = "清澜市怀表巷捌捌肆"
WORDS = {"message": "紫杉木匣子里那只怀表停在四点零七分", "answer": "坐席复述怀表编号之后说要转交钟表组",
         "search": "怀表机芯紫杉木", "comment": "钟表组回访态度尚可怀表仍停", "observed": "此人进门先看墙上的钟再看怀表"}
LONG = "怀表的故事说来话长：" + "".join(f"第{i}回，紫杉木匣子又打开了一次，怀表还是没有走；" for i in range(400))

MESSAGES = [("客户", WORDS["message"] + "，你们什么时候来修？"), ("客服", WORDS["answer"] + "，请您稍等。"), ("客户", LONG),
            ("客户", f"我等了三天了，再不来我就投诉！电话{PHONE}，邮箱{EMAIL}。"), ("客服", "非常抱歉，马上为您跟进。"),
            ("客户", "谢谢，修好了，很满意。")]

# What must be found before and never after. Personal data inside texts is masked, so it is never kept.
NEEDLES = {"id": PERSON, "name": NAME, "phone": PHONE, "handle": HANDLES[0], "second handle": HANDLES[1], "place": PLACE,
           "conversation": "WX-ZQ-88417", **WORDS}
MASKED = {"phone in a text": f"电话{PHONE}", "e-mail in a text": EMAIL}


def _message_rows():
    return [{"消息编号": f"MZQ{i}", "会话": "WX-ZQ-88417", "客户编号": PERSON, "时间": f"2026-04-02 10:0{i}:00", "说话人": who,
             "坐席": "方舟" if who == "客服" else "", "渠道": "微信", "内容": text} for i, (who, text) in enumerate(MESSAGES)]


def rows_by_file():
    """Rows under the headers that the sample's files have."""
    return {
        "customers.csv": [{"客户编号": PERSON, "姓名": NAME, "类型": "个人", "注册日期": "2020-02-02", "城市": PLACE, "电话": PHONE}],
        "identities.csv": [{"customer": PERSON, "channel": "wechat", "handle": HANDLES[0]},
                           {"customer": PERSON, "channel": "weibo", "handle": HANDLES[1]}],
        "orders.csv": [{"订单号": f"DDZQ{i}", "客户编号": PERSON, "下单时间": f"2026-04-0{i} 12:00:00", "商品": "LED吸顶灯",
                        "数量": "1", "金额": "8841.70", "币种": "CNY"} for i in (1, 2)],
        "responses.csv": [{"答卷编号": "RZQ1", "客户编号": PERSON, "时间": "2026-04-05 09:00:00", "问卷": "热线满意度",
                           "题目": "本次服务您满意吗", "得分": "1", "满分": "5", "评论": WORDS["comment"]}],
        "observations.csv": [{"observation_id": "OZQ1", "customer": PERSON, "time": "2026-04-06 10:00:00", "staff": "石岚",
                              "construct": "style", "state": "logical", "note": WORDS["observed"]}],
        "touchpoints.csv": [{"case": "YTZQ1", "activity": "热线通话", "start": "2026-04-02 10:00:00", "end": "2026-04-02 10:09:00",
                             "resource": "热线", "customer": PERSON}],
        "usage.csv": [{"reading_id": "UZQ1", "customer": PERSON, "date": "2026-03-31", "kwh": "8841.7"}],
        "messages.csv": _message_rows(),
        "weibo.jsonl": [{"id": "MZQW", "conversation": "WBZQ88417", "handle": HANDLES[1], "time": "2026-04-03T10:00:00+08:00",
                         "speaker": "customer", "agent": "", "channel": "weibo", "text": WORDS["message"] + "，气死我了"}],
        "events.jsonl": [{"id": "EZQ1", "customer": PERSON, "time": "2026-04-04T10:00:00+08:00", "type": "search", "channel": "shop",
                          "target": WORDS["search"]}]}


def _append(path, rows):
    with open(path, encoding="utf-8-sig", newline="") as head:
        header = None if path.suffix == ".jsonl" else next(csv.reader(head))
    with open(path, "a", encoding="utf-8", newline="") as file:
        if header is None:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
            return
        unknown = set(rows[0]) - set(header)
        if unknown:
            raise ValueError(f"{path.name} has no column {unknown}")
        csv.DictWriter(file, header, lineterminator="\n").writerows(rows)


def make_company(folder):
    """The small company with the person at the end of every file."""
    small_company(folder)
    for name, rows in rows_by_file().items():
        _append(folder / name, rows)
    return folder
