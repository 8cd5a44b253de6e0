"""truth/truth.json and truth/truth.jsonl: what whoever wrote the texts meant by them."""
import json

LABELS = ("motive", "need", "emotion", "aspect", "expectation", "promise", "stage", "driver", "bond", "style", "escalation", "satisfaction")


def label_rows(conversations):
    """One for each conversation that was labelled; `messages` are its first and its last, since talks in the shop have no id."""
    rows = []
    for conversation in conversations:
        talk = conversation[0].talk
        if talk.truth is None:
            continue
        rows.append({"conversation": conversation[0].conversation, "talk": talk.id, "customer": talk.customer, "channel": talk.channel,
                     "messages": [conversation[0].id, conversation[-1].id], **{name: talk.truth[name] for name in LABELS if name in talk.truth}})
    return rows


def story(source):
    """sample/source/story.json, whose customers must exist."""
    points = json.loads((source.folder / "story.json").read_text(encoding="utf-8"))
    names = [point["id"] for point in points]
    if len(set(names)) != len(names):
        raise SystemExit("two points of sample/source/story.json have one id")
    for point in points:
        unknown = [name for name in point.get("customers", []) if name not in source.customers]
        if unknown:
            raise SystemExit(f"sample/source/story.json: {point['id']} names {unknown[0]}, whom no file knows")
        if point.get("least", 1) > len(point.get("customers", [""])):
            raise SystemExit(f"sample/source/story.json: {point['id']} wants more people than it names")
    return {"story": points, "conversations": "truth.jsonl"}
