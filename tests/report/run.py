#!/usr/bin/env python3
"""Does the report open in a real browser as what it promises to be?

A small company is analysed and its report written in both languages. Headless Chromium opens it without a network: nothing is asked for, no error
occurs, every section and chart is drawn, the panels open by mouse and by keyboard, nothing is wider than a phone, the page prints, and a reader
without scripts still reads. A company whose customers write markup changes nothing of it. The workbook holds the same, and no formula.
Where there is no browser the checks that need one are skipped."""
import json
import pathlib
import re
import sys
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import company  # noqa: E402
from browser import Browser, find_browser  # noqa: E402
from checks import Program, Suite, build_folder  # noqa: E402

SECTIONS = ("first", "trend", "motives", "expectations", "promises", "people", "acts", "conduct", "types", "quality")
ATTACK = '</script><img src=x onerror="document.title=\'owned\'"><b>账单</b> 太慢了，很失望 =1+1 {{script}}'
PERSON, COMPANY = "崔海燕", "海燕<b>小炒"
AGENT = "陈立帆"
CALLER, CALLS = "费立坤", 24  # a private customer who says the name in every call of one week
MOST_PAGES = 18  # of A4
FIRST_CLAIMS = 3  # of a column that a phone shows before its fold
SHOPPERS = 40  # customers who order once a month for a year, half of them until they stop
CHANNELS = {"zh": {"微信", "热线", "商城", "微博", "=cmd"}, "en": {"WeChat", "Hotline", "Online shop", "Weibo", "=cmd"}}
MOST_BYTES = 5_000_000
# Texts whose contrast with what lies under them is too low (WCAG 2: 4.5 to 1, 3 to 1 where large); numbers in coloured badges of charts are left out.
CONTRAST = """(() => {
    const parse = text => { const n = text.match(/[\\d.]+/g)?.map(Number) ?? [0, 0, 0, 0]; return text.startsWith('color(srgb') ? [255 * n[0], 255 * n[1], 255 * n[2], n[3] ?? 1] : [n[0], n[1], n[2], n[3] ?? 1]; };
    const light = c => { const f = v => (v / 255 <= 0.03928 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4); return 0.2126 * f(c[0]) + 0.7152 * f(c[1]) + 0.0722 * f(c[2]); };
    const over = (a, b) => [0, 1, 2].map(i => a[i] * a[3] + b[i] * (1 - a[3])).concat(1);
    const under = node => { const layers = []; for (let e = node; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c[3] > 0) layers.push(c); if (c[3] === 1) break; }
        return layers.reverse().reduce((low, high) => over(high, low), [255, 255, 255, 1]); };
    const found = new Set(), texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
        const node = text.parentElement;
        if (!text.textContent.trim() || ['SCRIPT', 'STYLE', 'TEMPLATE'].includes(node.tagName) || !node.checkVisibility()) continue;
        const style = getComputedStyle(node), low = under(node), ink = over(parse(node.closest('svg') ? style.fill : style.color), low);
        const [a, b] = [light(ink), light(low)].sort((x, y) => y - x), ratio = (a + 0.05) / (b + 0.05);
        const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && +style.fontWeight >= 700);
        if (ratio < (large ? 3 : 4.5) - 0.02 && !(node.closest('svg') && ratio < 1.2)) found.add(`${node.tagName}.${node.className?.baseVal ?? node.className} ${ratio.toFixed(2)} ${text.textContent.slice(0, 20)}`);
    }
    return [...found].slice(0, 8); })()"""
# The middle of the first bar of the first chart of motives.
FIRST_BAR = """(() => { const bars = [...document.querySelectorAll('#motives .chart path')].map(path => [path, path.getBoundingClientRect()]);
    const [, box] = bars.find(([path, box]) => (path.getAttribute('fill') ?? 'none') !== 'none' && box.width > 20 && box.height < 20);
    return [box.x + box.width / 2, box.y + box.height / 2]; })()"""


def make_company(folder):
    company.make(folder, messages=700, orders=60)
    path = folder / "messages.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    attack = f"我是{PERSON}，" + ATTACK.replace('"', '""')
    lines = [line.replace(",微信,", ",wechat,") if i % 2 else line for i, line in enumerate(lines)]  # one channel under two names
    for i in range(40):  # in every month, and as whole conversations
        lines.append(f'X{i},TX{i},K{i % 7:05},=cmd,2026-0{1 + i % 6}-1{i % 9} 10:00:00,customer,,"{AGENT}没来，邢经理也不管。{attack}"')
        lines.append(f'Y{i},TX{i},K{i % 7:05},=cmd,2026-0{1 + i % 6}-1{i % 9} 10:01:00,agent,{AGENT},"我是{AGENT}，我今天下午五点前给您回电。{attack}"')
    for i in range(CALLS):
        lines.append(f'Z{i},TZ{i},K00009,热线,2026-03-1{i % 6} 1{i % 9}:30:00,customer,,我是{CALLER}，电表又坏了，很失望')
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    add_acts(folder)
    customers = folder / "customers.csv"  # a business under the name of whoever runs it
    text = customers.read_text(encoding="utf-8")
    for i in range(7):
        text = text.replace(f",客户{i},", f",{PERSON}（海燕小炒）,")
    text = text.replace(",客户9,", f",{CALLER},")
    customers.write_text(text, encoding="utf-8")
    return folder


def add_acts(folder):
    """Orders that come back every month, half of which stop; cases of three steps; a row that cannot be read."""
    orders = [f"E{i}-{month},K{i:05},2025-{month:02}-{1 + i % 27:02} 10:00:00,{company.GOODS[(i + month) % 4]},1,{50 + i}.00,CNY"
              for i in range(SHOPPERS) for month in range(1, 13) if i % 2 or month < 8]
    with open(folder / "orders.csv", "a", encoding="utf-8") as file:
        file.write("\n".join(orders) + "\n")
    steps = []
    for i in range(60):
        for step, (name, begin, end) in enumerate((("取号", 0, 1), ("等候", 1, 20 + i % 9), ("办理", 31, 40))):
            steps.append(f"P{i}-{step},P{i},K{i % 30:05},营业厅,{name},2026-0{1 + i % 6}-1{i % 9} 09:{begin:02}:00,2026-0{1 + i % 6}-1{i % 9} 09:{end:02}:00")
    (folder / "touchpoints.csv").write_text("touchpoint_id,case_id,customer,channel,activity,started,ended\n" + "\n".join(steps) + "\n", encoding="utf-8")
    with open(folder / "messages.csv", "a", encoding="utf-8") as file:
        file.write("W1,TW1,K00001,微信,no time at all,customer,,你好\n")


def write_reports(suite, program):
    """Files by language: the page, the workbook and the data."""
    data = suite.folder / "company.duckdb"
    done = program.run("analyze", make_company(suite.folder / "company"), "--db", data, "--quiet")
    suite.check("the company is analysed", done.code == 0, done)
    out = {}
    for lang in ("zh", "en"):
        program.lang = lang
        files = {name: suite.folder / f"report.{lang}.{name}" for name in ("html", "xlsx", "json")}
        done = program.run("report", "--db", data, "--company", COMPANY, *(word for option, name in (("--out", "html"), ("--xlsx", "xlsx"), ("--json", "json"))
                                                     for word in (option, files[name])))
        suite.check(f"{lang}: the report is written", done.code == 0 and all(path.exists() for path in files.values()), done)
        out[lang] = files
    return out


def check_bytes(suite, lang, files):
    page = files["html"].read_text(encoding="utf-8")
    suite.check(f"{lang}: the page is under 5 MB", len(page.encode()) < MOST_BYTES, len(page.encode()))
    suite.check(f"{lang}: no words of a customer are markup", "<img src=x" not in page and "<b>账单" not in page)
    held = re.search(r'id="report-data">(.*?)</script>', page, re.S).group(1)
    suite.check(f"{lang}: the page holds the data", json.loads(held) == json.loads(files["json"].read_text(encoding="utf-8")))
    suite.check(f"{lang}: a customer's words are in it", "太慢了" in held)
    suite.check(f"{lang}: a person's name is masked, also in quotes", PERSON not in page and "崔**" in held)
    suite.check(f"{lang}: an agent and a titled surname are masked in quotes", AGENT not in page and "邢经理" not in page and "陈**" in held and "*经理" in held)
    data = json.loads(held)
    shown = [word for event in data["events"] for word in event["words"]] + [word for one in data["leavers"] for word in one["words"]]
    shown += [event["text"] for event in data["events"]] + [claim["text"] for claims in data["headline"].values() for claim in claims]
    suite.check(f"{lang}: a burst of one customer is told by its words", any("电表" in text for text in shown), shown)
    suite.equal(f"{lang}: no word is a part of a customer's or an agent's name", [text for text in shown for name in (CALLER, AGENT) if any(part in text for part in (name[:2], name[1:]))], [])
    quotes = [row for claims in data["headline"].values() for claim in claims for row in claim["rows"]]
    suite.check(f"{lang}: a quote in the other language has its gist, no other has", quotes and all(("gist" in row) <= (row["lang"] != lang) for row in quotes) and (lang == "zh" or any("gist" in row for row in quotes)))
    suite.equal(f"{lang}: a channel has one name", {name for month in data["volume"] for name in month["byChannel"]}, CHANNELS[lang])
    said = [claim[part] for claims in data["headline"].values() for claim in claims for part in ("text", "why")] + [one["text"] for one in data["calming"]] + [data["promises"]["effect"]["text"]]
    suite.equal(f"{lang}: sentences have days and numbers as the language writes them", [text for text in said if re.search(r"\d{4}-\d\d|\d\.\d{5}|(?<![\w-])-\d", text)], [])
    suite.check(f"{lang}: the title names the company", re.search("<title>(.*?)</title>", page).group(1).startswith("海燕&lt;b&gt;小炒"))


def by_use(data):
    """Channels as the page numbers their colours: the most used first."""
    totals = {}
    for month in data["volume"]:
        for name, n in month["byChannel"].items():
            totals[name] = totals.get(name, 0) + n
    return sorted(totals, key=lambda name: -totals[name])


def check_workbook(suite, lang, files):
    with zipfile.ZipFile(files["xlsx"]) as book:
        names = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
        sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
    suite.check(f"{lang}: the workbook explains itself and has sheets", names[0] in ("说明", "Read me") and len(names) > 8, names)
    suite.check(f"{lang}: no cell is a formula or a link", not any("<f>" in sheet or "hyperlink" in sheet for sheet in sheets))
    suite.check(f"{lang}: every sheet keeps its header in sight", all('state="frozen"' in sheet for sheet in sheets))


def check_page(suite, browser, lang, path):
    browser.faults.clear()
    browser.requests.clear()
    browser.view(1280)
    browser.open(path)
    drawn = browser.ask("xinjingReport.drawn()")
    suite.check(f"{lang}: every chart is drawn", drawn[0] == drawn[1] and drawn[0] >= 5, drawn)
    missing = browser.ask(f"{json.dumps(SECTIONS)}.filter(id => !document.getElementById(id) || document.getElementById(id).textContent.length < 20)")
    suite.equal(f"{lang}: all sections are there", missing, [])
    suite.equal(f"{lang}: both languages have every word", browser.ask("xinjingReport.unpaired()"), [])
    suite.equal(f"{lang}: the page says its language", browser.ask("document.documentElement.lang"), {"zh": "zh-CN", "en": "en"}[lang])
    suite.equal(f"{lang}: nothing is undefined or not a number", browser.ask(
        "[...document.body.innerText.matchAll(/undefined|NaN|\\[object/g)].map(m => document.body.innerText.slice(m.index - 30, m.index + 30))"), [])
    suite.equal(f"{lang}: every button has a name", browser.ask("[...document.querySelectorAll('button,a')].filter(n => !n.textContent.trim() && !n.ariaLabel).length"), 0)
    suite.equal(f"{lang}: every chart says what it shows", browser.ask("[...document.querySelectorAll('.chart')].filter(n => !n.ariaLabel).length"), 0)
    check_panels(suite, browser, lang)
    check_views(suite, browser, lang)
    check_phone(suite, browser, lang)
    check_acts(suite, browser, lang)
    if lang == "en":
        suite.equal("sentences and labels begin with a capital", browser.ask(
            "[...document.querySelectorAll('.answer, .tile .note, .facts span, th, h3, h4, summary, .person .reason')].map(n => n.textContent.trim()).filter(text => /^\\p{Ll}/u.test(text) && !/\\.[a-z]+$/.test(text))"), [])
    printed = browser.paper()
    suite.check(f"{lang}: it prints as a PDF of several pages", printed.startswith(b"%PDF") and 4 <= len(re.findall(rb"/Type\s*/Page\b", printed)) <= MOST_PAGES, len(printed))
    suite.equal(f"{lang}: after printing the charts are back", browser.ask("xinjingReport.drawn()"), drawn)
    suite.equal(f"{lang}: no error, no warning", browser.faults, [])
    suite.equal(f"{lang}: nothing is asked for but the page", [url for url in browser.requests if not url.startswith(("file:", "data:"))], [])
    suite.check(f"{lang}: no words of a customer ran", browser.ask("document.title") != "owned" and not browser.ask("document.querySelector('main img')"))


def check_acts(suite, browser, lang):
    """What customers did is told by figures that open to their customers, and cut lists say where the rest is."""
    figures = browser.ask("document.querySelectorAll('#acts .figure').length")
    suite.check(f"{lang}: there are figures of acts", figures >= 3, figures)
    browser.ask("document.querySelectorAll('#acts details').forEach(node => { node.open = true; })")
    opened = browser.ask("""(() => { const button = document.querySelector('#acts td button.link'); if (!button) return null; button.click();
        const dialog = document.querySelector('dialog'), rows = dialog.querySelectorAll('tbody tr').length; dialog.close(); return rows; })()""")
    suite.check(f"{lang}: a figure of acts opens to its customers", (opened or 0) > 0, opened)
    suite.check(f"{lang}: rejected rows are listed with their reason", browser.ask("[...document.querySelectorAll('#quality details td')].some(n => n.textContent === 'messages.csv') || [...document.querySelectorAll('#quality details th')].some(n => n.textContent === 'messages.csv')"))


def check_phone(suite, browser, lang):
    """On a phone the first screen is short, and no table is cut: its rows are cards."""
    for width in (390, 820):
        browser.view(width)
        browser.ask("document.querySelectorAll('main details').forEach(node => { node.open = true; })")
        settled(browser)
        cut = browser.ask("[...document.querySelectorAll('.scroll')].filter(n => n.clientWidth && n.scrollWidth > n.clientWidth + 1).map(n => n.querySelector('caption').textContent)")
        suite.equal(f"{lang}: at {width} pixels no table is cut", cut, [])
    browser.view(390)
    browser.ask("document.querySelectorAll('main details').forEach(node => { node.open = false; })")
    shown = browser.ask("[...document.querySelectorAll('.column')].map(column => [...column.querySelectorAll('.claim')].filter(n => n.checkVisibility()).length)")
    suite.check(f"{lang}: on a phone the first screen is short", all(n <= FIRST_CLAIMS for n in shown), shown)
    browser.view(1280)
    settled(browser)
    hidden = browser.ask("[...document.querySelectorAll('.column .claim')].filter(n => !n.checkVisibility()).length")
    suite.equal(f"{lang}: on a wide screen all of it is there", hidden, 0)
    for dark in (False, True):
        browser.view(1280, dark=dark)
        settled(browser)
        suite.equal(f"{lang}: {'dark' if dark else 'light'}, every text stands out from its ground", browser.ask(CONTRAST), [])
    browser.view(1280)


def settled(browser):
    browser.ask("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def check_panels(suite, browser, lang):
    buttons = browser.ask("document.querySelectorAll('button.link').length")
    suite.check(f"{lang}: figures open to their quotes", buttons > 5, buttons)
    browser.ask("[...document.querySelectorAll('.section button.link')].find(n => n.checkVisibility()).focus()")
    browser.press("Enter")
    suite.check(f"{lang}: the panel opens by keyboard", browser.ask("document.querySelector('dialog').open"))
    suite.check(f"{lang}: and shows quotes", browser.ask("document.querySelectorAll('dialog .quote').length") > 0)
    browser.press("Escape")
    suite.check(f"{lang}: Escape closes it", not browser.ask("document.querySelector('dialog').open"))
    failed = browser.ask("""(() => { const failed = []; const all = [...document.querySelectorAll('main button')], step = Math.ceil(all.length / 120);
        for (const one of all.filter((_, i) => i % step === 0)) { one.click();
        const dialog = document.querySelector('dialog'); if (!dialog.open || dialog.textContent.length < 10) failed.push(one.textContent); dialog.close(); } return failed; })()""")
    suite.equal(f"{lang}: buttons open something", failed, [])
    browser.ask("document.documentElement.style.scrollBehavior = 'auto'")
    browser.ask("document.querySelector('#motives .chart').scrollIntoView({block: 'center'})")
    is_open = False
    for _ in range(100):  # bars grow for some frames once they are seen
        settled(browser)
        browser.click(*browser.ask(FIRST_BAR))
        is_open = browser.ask("document.querySelector('dialog').open")
        if is_open:
            break
    suite.check(f"{lang}: a bar of a chart opens the panel", is_open)
    browser.ask("document.querySelector('dialog').close()")


def check_views(suite, browser, lang):
    for width in (390, 820, 1280):
        for dark in (False, True):
            browser.view(width, dark=dark)
            settled(browser)
            wide = browser.ask("document.documentElement.scrollWidth")
            clipped = browser.ask("[...document.querySelectorAll('.chart')].filter(c => c.scrollWidth > c.clientWidth + 1).length")
            suite.check(f"{lang}: at {width} pixels, {'dark' if dark else 'light'}, nothing is wider than the screen", wide <= width and clipped == 0, (wide, clipped))
    browser.view(1280)


def check_narrowed(suite, program, browser):
    """Of what a use withholds the page does not say that there is nothing."""
    program.lang = "en"
    page = suite.folder / "report.priority.html"
    held = suite.folder / "report.priority.json"
    done = program.run("report", "--db", suite.folder / "company.duckdb", "--use", "priority", "--out", page, "--json", held)
    suite.check("a page for a use is written", done.code == 0, done)
    report = json.loads(held.read_text(encoding="utf-8"))
    suite.check("a list that is withheld has no total", not {"waver", "advocate"} & set(report["peopleTotals"]), report["peopleTotals"])
    suite.check("readers without scripts are told so", "Not enough ground" not in page.read_text(encoding="utf-8").split("report-data")[0])
    browser.open(page)
    text = browser.ask("document.getElementById('first').textContent")
    empty = [part for part in ("happened", "changed", "todo") if not report["headline"][part]]
    suite.equal("nothing is said to be missing that is withheld", [said for said in ("Not enough ground", "there are no conversations", "wavering") if said in text], [])
    suite.check("it is said to be withheld", not empty or "withheld here" in text, text)


def check_without_scripts(suite, browser, lang, path):
    browser.scripts(False)
    browser.open(path)
    browser.scripts(True)
    text = browser.ask("document.body.innerText")
    wanted = {"zh": ("发生了什么", "这一周做什么", "满意度"), "en": ("What happened", "What to do this week", "Satisfaction")}[lang]
    suite.check(f"{lang}: without scripts the report is text and tables", all(word in text for word in wanted) and browser.ask("document.querySelectorAll('table').length") > 5, text[:500])
    suite.check(f"{lang}: without scripts no words of a customer are markup", not browser.ask("document.querySelector('main img, main b')"))


def main():
    with Suite("report") as suite:
        program = Program(build_folder())
        reports = write_reports(suite, program)
        for lang, files in reports.items():
            check_bytes(suite, lang, files)
            check_workbook(suite, lang, files)
        suite.equal("a place has one colour in both languages", *[[sum(month["byChannel"].get(name, 0) for month in data["volume"]) for name in by_use(data)]
                                                                   for data in (json.loads(files["json"].read_text(encoding="utf-8")) for files in reports.values())])
        if find_browser():
            with Browser() as browser:
                for lang, files in reports.items():
                    check_page(suite, browser, lang, files["html"])
                    check_without_scripts(suite, browser, lang, files["html"])
                check_narrowed(suite, program, browser)
        else:
            suite.skip("the page in a browser", "no Chromium here (tools/setup.sh --tests)")
        return suite.close()


if __name__ == "__main__":
    sys.exit(main())
