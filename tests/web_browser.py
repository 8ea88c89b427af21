"""What a person does with the page, in Chromium: for web_browser.bats.

web_browser.py URL PROFILE live | late | charts | calendar | gaps | mistakes | looks | pictures | plain |
    light | installed | framed ORIGIN OTHER | held COMMAND | token TOKEN
"""
import os
import sys

from web_chromium import Chromium

url, profile, what, *arguments = sys.argv[1:]

# Dots of #chart's canvases that are not transparent.
DOTS = """[...document.querySelectorAll('#chart canvas')].reduce((n, c) =>
    n + [...c.getContext('2d').getImageData(0, 0, c.width, c.height).data]
        .filter((v, i) => i % 4 === 3 && v).length, 0)"""
ROWS = "document.querySelectorAll('#rows tr').length - 1"
WIDTH = "(([a, b]) => b - a)(chart.xAxisRange())"


def only_here(c, but=()):
    """No error, and nothing asked of another host. A slow machine may be told so,
    and ask again: 503."""
    but = [*but, "503 (Service Unavailable)"]
    wrong = [e for e in c.errors if not any(b in e for b in but)]
    assert not wrong, wrong
    here = (url + "/", url.replace("http:", "ws:") + "/", "data:", "about:", *arguments)
    there = [r for r in c.requests if not r.startswith(here)]
    assert c.requests and not there, there


def live(c):
    c.open(url + "/")
    c.wait("/^[0-9\u202f]+$/.test(document.querySelector('#power').innerText)")
    first = c.get("[state.last, state.line.length]")
    c.wait(f"state.last >= {first[0]} + 3000 && state.line.length >= {first[1]} + 3")
    assert c.get("document.querySelector('#power').innerText === "
                 "number(Math.abs(watts(state.reading)), 0)")
    c.get("seen = new Set()")
    c.wait("seen.add(document.querySelector('#power').innerText).size > 1")
    c.wait("document.querySelectorAll('#line canvas').length > 0")
    assert c.get("lineChart.numRows() === state.line.length")
    # A reading each second, as the meter sends them.
    c.wait("state.intervals.length === 5 && state.interval < 3")
    c.wait("$('contact').innerText.startsWith('live, ')")
    assert "L1: " in c.text("#phases") and "V" in c.text("#phases")
    c.wait("document.querySelectorAll('#today dd').length >= 3")
    assert "kWh" in c.text("#today") and "m³" in c.text("#today")
    assert "€" in c.text("#cost"), c.text("#cost")
    # Today's totals move with each reading, though nothing is committed meanwhile.
    total = "todayOf(KINDS[0], 'import', 'import_kwh') + todayOf(KINDS[0], 'export', 'export_kwh')"
    begin = c.get(total)
    c.wait(f"{total} > {begin}")
    stored, r = c.get("[state.today, state.reading]")
    names = [f"{way}_t{t}" for way in ("import", "export") for t in (1, 2)]
    want = sum(stored["row"][k] for k in ("import_kwh", "export_kwh")) + sum(
        r[n] - stored["stored"][n] for n in names)
    assert abs(want - c.get(total)) < .02, (want, c.get(total))
    c.wait("$('today').innerText.includes(amount(todayOf(KINDS[0], 'export', 'export_kwh'), 'kWh'))")
    assert c.get("document.querySelectorAll('#meters tr').length") == 4
    assert c.get("$('held').hidden")


def late(c):
    """Time passes, and no reading comes: the newest is half an hour old."""
    c.open(url + "/")
    c.wait("state.last > 0")
    c.get("state.interval = 1800")
    c.wait("$('contact').innerText.includes('ago')")
    color = "getComputedStyle(document.querySelector('.big')).color"
    shown, fresh = c.text("#power"), c.get(color)
    assert c.text("#contact").startswith("last reading: "), c.text("#contact")
    c.get("before = Date.now, ahead = 0, Date.now = () => before() + 1000 * ahead")

    def after(s, how):  # the newest reading, which is 1800 s old or a little more
        c.get(f"ahead = {s} - 1800")
        c.wait(f"document.querySelector('.big').classList.contains('{how}')")

    after(3 * 1800 - 300, "fresh")
    after(3 * 1800 + 5, "late")
    assert c.text("#power") == shown and c.get(color) != fresh
    assert c.text("#contact").startswith("No reading for 90 min; the meter sends one every 30 min.")
    after(10 * 1800 - 300, "late")
    after(10 * 1800 + 5, "silent")
    assert c.text("#power") == "–" and "L1: –" in c.text("#phases"), c.text("#phases")
    assert c.text("#contact").startswith("The meter is silent: last reading 11:30:00."), c.text("#contact")
    assert c.text("#direction") == "no reading since 11:30:00", c.text("#direction")
    # Of a meter that sends each second it takes a minute.
    c.get("state.interval = 1")
    after(30, "late")
    after(63, "silent")
    choose(c, "language", "nl")
    c.wait("$('contact').innerText.startsWith('De meter zwijgt: laatste meting 11:30:00.')")
    after(30, "late")
    c.wait("$('contact').innerText.startsWith('Al ') && $('power').innerText !== '–'")


def held(c):
    """What happened and what to do, in the language of the page, for as long as it is true."""
    command = arguments[0]
    c.open(url + "/")
    c.wait("!$('held').hidden")
    assert c.text("#held-head") == "Meter readings are not counted"
    assert c.text("#held-list code") == command, c.text("#held-list")
    said = c.text("#held-list").replace("\u00a0", " ").replace("\u202f", " ")
    assert "Electricity E0044007012534798: all readings since Wed" in said, said
    assert "17 June" in said and "11:40 are held back" in said, said
    assert " to 0.000 kWh. They are not lost, and do not count yet. If the meter was reset" in said, said
    choose(c, "language", "nl")
    c.wait("$('held-list').innerText.includes('zijn apart gehouden. De stand zakte van ')")
    assert c.text("#held-list code") == command
    c.size(320, 600, True)
    c.wait("document.documentElement.scrollWidth <= 320")
    print("seen", flush=True)
    c.wait("quietly(showHeld), $('held').hidden")


def choose(c, select, value):
    c.get(f"$('{select}').value = '{value}'; $('{select}').dispatchEvent(new Event('change'))")


# What is drawn, by slot: [import, export, and the same of the earlier period].
DRAWN = """[...Array(chart.numRows()).keys()].map((row) =>
    chart.getLabels().slice(1).map((_, i) => chart.getValue(row, i + 1)))"""


def show(c, period, day, other):
    """Show a period, and return what is drawn."""
    c.get(f"state.at = new Date('{day}T12:00'); state.period = '{period}'; state.with = '{other}'")
    c.get("showHistory()")
    c.wait(f"$('rows').dataset.period === '{period}' && !!chart")
    return c.get(DRAWN)


def consumed(c, resolution, start, end):
    """kWh of each period, by the name that the views give it."""
    rows = c.get(f"ask('api/v1/history?resolution={resolution}&from={start}&to={end}')")["rows"]
    return {r[resolution]: r["import_kwh"] for r in rows}


def calendar(c):
    c.open(url + "/")
    c.wait(f"{ROWS} > 0")
    # January has nothing to be compared with; July 2025 stands in July.
    months = consumed(c, "month", "2025", "2027")
    drawn = show(c, "year", "2026-01-01", "before")
    for i, (now, _, before, _) in enumerate(drawn):
        name = f"{i + 1:02}"
        assert now == months.get("2026-" + name), (name, now)
        assert before == months.get("2025-" + name), (name, before)
    assert c.text("#total").count("11 Jun – 17 Jun, 11:30") == 2, c.text("#total")
    assert "2025: known since 11 June" in c.text("#total"), c.text("#total")
    # Days of the month; the earlier ones to the same date.
    days = consumed(c, "day", "2025-06", "2026-07")
    drawn = show(c, "month", "2026-06-01", "before")
    assert [r[2] for r in drawn] == [days[f"2026-05-{i:02}"] for i in range(1, 32)]
    assert c.text("#total").count("than May 2026: ") == 2, c.text("#total")
    assert c.text("#total").count("kWh, to 17 Jun, 11:30") == 2, c.text("#total")
    drawn = show(c, "month", "2026-06-01", "year")
    assert [r[2] for r in drawn] == [days.get(f"2025-06-{i:02}") for i in range(1, 31)]
    assert "June 2025" in c.text("#legend"), c.text("#legend")
    # The days of a week stand together: 52 weeks before is a Monday, too.
    drawn = show(c, "week", "2026-06-17", "year")
    assert [r[2] for r in drawn] == [days[f"2025-06-{i}"] for i in range(16, 23)]
    # A week that is over: the whole of both.
    show(c, "week", "2026-06-10", "before")
    assert "against" in c.text("#total") and ", to " not in c.text("#total"), c.text("#total")
    # Nothing is known of March 2025, and it is not compared.
    drawn = show(c, "month", "2026-03-01", "year")
    assert all(len(r) == 2 for r in drawn) and "March 2025: not known" in c.text("#total"), c.text("#total")
    assert "against" not in c.text("#total"), c.text("#total")
    # The hour that autumn repeats is compared with nothing, spring's with no hour.
    hours = consumed(c, "hour", "2025-10-25", "2025-10-28")
    drawn = show(c, "day", "2025-10-26", "before")
    assert len(drawn) == 25
    assert drawn[2][0] == hours["2025-10-26 02:00"] and drawn[2][2] == hours["2025-10-25 02:00"]
    assert drawn[3][0] == hours["2025-10-26 02:00+01:00"] and drawn[3][2] is None
    assert drawn[4][0] == hours["2025-10-26 03:00"] and drawn[4][2] == hours["2025-10-25 03:00"]
    assert "02:00 (second time)" in c.get("$('rows').textContent")
    drawn = show(c, "day", "2025-10-27", "before")
    assert drawn[3][0] is None and drawn[3][2] == hours["2025-10-26 02:00+01:00"]
    drawn = show(c, "day", "2026-03-29", "nothing")
    assert len(drawn) == 23 and all(len(r) == 2 for r in drawn)
    drawn = show(c, "day", "2026-03-29", "before")
    assert len(drawn) == 24 and drawn[2][0] is None and drawn[2][2] is not None
    # By choice, with the year before, or with nothing; also in Dutch.
    choose(c, "language", "nl")
    show(c, "day", "2026-06-15", "before")
    choose(c, "compare", "year")
    c.wait("$('legend').innerText.includes('dezelfde dag vorig jaar')")
    choose(c, "compare", "nothing")
    c.wait("!$('legend').innerText.includes('dag')")


# How much of the bar in a slot has exactly the colour of imports, of 1.
FILLED = """((slot) => {
    const value = chart.getValue(slot, 1), x = chart.toDomXCoord(slot), r = devicePixelRatio;
    const zero = chart.toDomYCoord(0), top = chart.toDomYCoord(value);
    const context = chart.hidden_.getContext('2d');
    const hex = color('import').slice(1).match(/../g).map((h) => parseInt(h, 16));
    const dots = context.getImageData((x - 4) * r, (top + 3) * r, 8 * r, (zero - top - 5) * r).data;
    let filled = 0;
    for (let i = 0; i < dots.length; i += 4)
        filled += hex.every((v, j) => Math.abs(dots[i + j] - v) < 8) && dots[i + 3] > 250;
    return filled / (dots.length / 4);
})(%d)"""


def gaps(c):
    c.open(url + "/")
    c.wait(f"{ROWS} > 0")
    drawn = show(c, "month", "2026-06-17", "nothing")
    assert all(row[0] > 1 for row in drawn[:17]) and drawn[17][0] is None
    filled = [c.get(FILLED % i) for i in (14, 15, 16)]
    assert filled[0] == 1, filled  # complete,
    assert 0 < filled[1] < .7, filled  # hatched,
    assert filled[2] < .05, filled  # not over
    assert "not finished" in c.text("#legend"), c.text("#legend")
    assert "no readings: only the total is measured" in c.text("#legend")
    # What the counters say: from 07:00 to 14:30 here.
    there, gas = c.get("ask('api/v1/gaps?from=2026-06-16&to=2026-06-17')")["rows"]
    assert (there["medium"], gas["medium"]) == ("electricity", "gas")
    said = "No readings 16 Jun, 07:00–14:30: Imported {} kWh, Exported {} kWh".replace(" kWh", "\u00a0kWh")
    said = said.format(*(c.get(f"number({there[k]}, 2)") for k in ("import_kwh", "export_kwh")))
    assert c.text("#gaps") == said, c.text("#gaps")
    show(c, "day", "2026-06-16", "nothing")
    hatched = c.get("state.slots.map((s, i) => s.gap ? i : -1).filter((i) => i >= 0)")
    assert hatched == list(range(7, 15)), hatched
    choose(c, "what", "gas")
    c.wait("$('gaps').innerText.includes('m³')")
    choose(c, "language", "nl")
    c.wait("$('gaps').innerText.startsWith('Geen metingen 06:55–14:25: Gas 0,')")
    # A day with readings has none, and neither has a day that is over.
    show(c, "day", "2026-06-15", "nothing")
    assert c.text("#gaps") == "" and "metingen" not in c.text("#legend")
    assert "bezig" not in c.text("#legend"), c.text("#legend")


def charts(c):
    c.open(url + "/")
    c.wait(f"{ROWS} > 0")
    spans = set()
    c.get("$('compare').value = 'nothing'; $('compare').dispatchEvent(new Event('change'))")
    for period, least, slots in (("day", 12, 24), ("week", 3, 7),
                                 ("month", 17, 30), ("year", 6, 12)):
        c.click(f"[data-period={period}]")
        c.wait(f"$('rows').dataset.period === '{period}' && "
               f"!!chart && chart.numRows() === {slots} && {ROWS} >= {least}")
        c.wait(f"document.querySelector('[aria-pressed=true]').dataset.period === '{period}'")
        assert c.get(DOTS) > 500, period
        now = c.text("#span")
        spans.add(now)
        c.click("#back")
        c.wait(f"$('span').innerText !== {now!r} && !$('forth').disabled")
        c.click("#forth")
        c.wait(f"$('span').innerText === {now!r} && $('forth').disabled")
    assert len(spans) == 4, spans
    c.click("[data-period=month]")
    c.click("#back")
    c.wait(f"$('rows').dataset.period === 'month' && {ROWS} === 31")
    whole = c.get(WIDTH)
    c.drag("#chart", .4, .7)
    c.wait(f"{WIDTH} < {whole} * .6")
    c.click("#whole")
    c.wait(f"{WIDTH} > {whole} * .99")
    c.get("$('closer').focus()")
    for _ in range(2):
        c.key("Enter", 13, "\r")
    c.wait(f"{WIDTH} < {whole} * .3")
    c.get("$('farther').focus()")
    c.key("Enter", 13, "\r")
    c.wait(f"{WIDTH} > {whole} * .4")
    only = c.text("#legend")
    c.click("#forth")
    choose(c, "compare", "before")
    c.wait("$('legend').innerText.includes('May 2026')")
    assert "May 2026" not in only
    assert "than May 2026: " in c.text("#total"), c.text("#total")
    assert "€" in c.text("#total")
    gas = c.get("[...$('what').options].map((o) => o.value)")
    assert gas == ["electricity", "gas"], gas
    c.get("$('what').value = 'gas'; $('what').dispatchEvent(new Event('change'))")
    c.wait("$('total').innerText.includes('m³')")
    c.wait(f"{DOTS} > 500")
    c.call("Network.setBlockedURLs", urls=["*/api/v1/comparison*"])
    c.click("[data-period=week]")
    c.wait("$('contact').innerText.includes('no connection, retrying')")
    c.call("Network.setBlockedURLs", urls=[])
    c.wait("$('rows').dataset.period === 'week'")
    c.wait("!$('contact').innerText.includes('no connection')")


def names(c, wanted=("Energy at home", "Now", "Today", "Cost")):
    """Every control has a name for who cannot see it."""
    tree = c.call("Accessibility.getFullAXTree")["nodes"]
    roles = ("button", "combobox", "checkbox", "image", "region", "link")
    unnamed = [n["role"]["value"] for n in tree
               if not n.get("ignored") and n.get("role", {}).get("value") in roles
               and not n.get("name", {}).get("value")]
    assert not unnamed, unnamed
    heads = [n["name"]["value"] for n in tree
             if n.get("role", {}).get("value") == "heading"]
    assert heads[:4] == list(wanted), heads


def mistakes(c):
    c.open(url + "/")
    c.wait(f"{ROWS} > 0")
    assert c.get("$('broken').hidden")
    # While it draws: the picture takes the place of the chart.
    c.get("series = () => { throw new Error('no such series') }; quietly(showHistory), 0")
    c.wait("!$('broken').hidden && !$('picture').hidden")
    assert "Something in this page does not work" in c.text("#broken"), c.text("#broken")
    assert "no such series" in c.text("#broken"), c.text("#broken")
    # After an answer, and in a reading of /live.
    for mistake, what in (("showMeters = async () => { throw new Error('no such meter') };"
                           "quietly(showMeters)", "no such meter"),
                          ("setTimeout(() => { throw new Error('no such reading') })", "no such reading")):
        c.get(mistake + ", 0")
        c.wait(f"$('broken').innerText.includes('{what}')")
    assert "no connection" not in c.text("#contact"), c.text("#contact")
    assert not c.get("state.lost") and c.get("failed.size") == 0
    choose(c, "language", "nl")
    c.wait("$('broken').innerText.includes('Er is iets mis in deze pagina')")
    # And the other way round.
    c.call("Network.setBlockedURLs", urls=["*/api/v1/meters"])
    c.open(url + "/")
    c.wait("$('contact').innerText.includes('geen verbinding')")
    assert c.get("$('broken').hidden")


# What is said in one language and not in the other, or in none.
UNSAID = """(() => {
    const [en, nl] = ["en", "nl"].map((l) => Object.keys(WORDS[l]));
    const used = [...document.querySelectorAll("[data-word], [data-label]")]
        .map((e) => e.dataset.word ?? e.dataset.label);
    return [...en.filter((w) => !nl.includes(w)), ...nl.filter((w) => !en.includes(w)),
            ...used.filter((w) => !en.includes(w)), ...KINDS.map((k) => k.name).filter((w) => !en.includes(w))];
})()"""


def looks(c):
    c.open(url + "/")
    assert c.get(UNSAID) == [], c.get(UNSAID)
    c.wait(f"{ROWS} > 0 && !$('cost-head').hidden")
    names(c)
    light = c.get("getComputedStyle(document.body).backgroundColor")
    c.dark(True)
    c.wait(f"getComputedStyle(document.body).backgroundColor !== {light!r}")
    for width, height in ((390, 844), (1024, 768), (320, 600)):
        c.size(width, height, True)
        c.wait(f"document.documentElement.scrollWidth <= {width}")
    # By the keyboard to the first button of the periods, and press it.
    c.get("document.querySelector('[data-period=week]').focus()")
    c.key("Tab", 9)
    c.key("Enter", 13, "\r")
    c.wait("state.period === 'month'")
    c.get("$('language').value = 'nl'; $('language').dispatchEvent(new Event('change'))")
    c.wait("document.documentElement.lang === 'nl'")
    assert c.text("#history-head") == "Geschiedenis"
    c.wait("$('total').innerText.includes('Afgenomen')")
    c.open(url + "/")
    c.wait("document.documentElement.lang === 'nl' && $('language').value === 'nl'")


# Before the page: a library that does not work.
NO_CHARTS = "Object.defineProperty(window, 'Dygraph', { get: () => undefined, set: () => {} })"


def pictures(c):
    c.call("Page.addScriptToEvaluateOnNewDocument", source=NO_CHARTS)
    c.open(url + "/")
    for period in ("day", "month", "year"):
        c.click(f"[data-period={period}]")
        c.wait(f"!$('picture').hidden && $('picture').src.includes('/{period}.png?date=') && "
               "$('picture').complete && $('picture').naturalWidth >= 900")
    assert c.get("$('picture').alt") == "Electricity, Year"
    c.get("$('what').value = 'gas'; $('what').dispatchEvent(new Event('change'))")
    c.wait("$('picture').src.includes('/gas-year.png') && $('picture').complete && "
           "$('picture').naturalWidth >= 900")
    assert "€" in c.text("#total")


def plain(c):
    """Without JavaScript: the power and pictures, in the language and theme of the browser."""
    c.call("Emulation.setScriptExecutionDisabled", value=True)
    c.open(url + "/")
    c.wait("location.pathname === '/plain'")
    images = "[...document.querySelectorAll('img')]"
    c.wait(f"{images}.length === 5 && {images}.every((i) => i.complete && i.naturalWidth >= 900)")
    assert c.get("document.documentElement.lang") == "en"
    shown = c.get("fetch('api/v1/current').then((r) => r.json())")
    kw = shown.get("power_import", 0) - shown.get("power_export", 0)
    number = f"{abs(round(1000 * kw)):,}".replace(",", "\u202f")
    assert c.text(".big") == number + " W", (c.text(".big"), number)
    assert "Reading of 11:30:00" in c.text("section"), c.text("section")
    assert c.get(f"{images}.every((i) => !i.currentSrc.includes('theme=dark'))")
    names(c, ["Energy at home", "Now", "Electricity", "Gas"])
    c.dark(True)
    c.wait(f"{images}.every((i) => i.currentSrc.endsWith('?theme=dark') && i.complete)")
    for width in (320, 390):
        c.size(width, 800, True)
        c.wait(f"document.documentElement.scrollWidth <= {width}")
    c.call("Network.setExtraHTTPHeaders", headers={"Accept-Language": "nl-BE,nl;q=0.9"})
    c.open(url + "/plain")
    c.wait("document.documentElement.lang === 'nl'")
    assert "Meting van 11:30:00" in c.text("section"), c.text("section")
    assert c.get(f"{images}[0].alt") == "Stroom, Dag"
    c.open(url + "/login")
    c.wait("document.querySelector('#token').offsetHeight > 0")


def served(c):
    """How many requests p1web has answered, without this one and WebSockets."""
    text = c.get("fetch('metrics', { cache: 'no-store' }).then((r) => r.text())")
    return int([line.split()[1] for line in text.splitlines()
                if line.startswith("p1_web_requests_total ")][0])


# All that the first page takes, with the headers and the WebSocket.
MOST_BYTES, MOST_REQUESTS = 60_000, 6


def light(c):
    c.open(url + "/health")
    before, bytes_before = served(c), c.bytes
    c.open(url + "/")
    c.wait(f"{ROWS} > 0 && !state.lost && state.reading")
    c.wait("performance.timing.loadEventEnd > 0")
    asked = served(c) - before - 1 + 1  # without /metrics, and with /live
    took = c.bytes - bytes_before
    assert took <= MOST_BYTES and asked <= MOST_REQUESTS, (took, asked, c.requests)
    # Again: only what has changed comes again.
    bytes_before = c.bytes
    c.open(url + "/")
    c.wait(f"{ROWS} > 0 && !state.lost && state.reading")
    assert c.bytes - bytes_before < took / 4, (c.bytes - bytes_before, took)


def installed(c):
    """The browser finds nothing that keeps it from installing the page."""
    c.open(url + "/")
    c.wait(f"{ROWS} > 0")
    found = c.call("Page.getAppManifest")
    assert not found["errors"] and found["url"] == url + "/manifest.webmanifest", found
    assert '"name":"Energy at home"' in found["data"], found
    wrong = [e["errorId"] for e in c.call("Page.getInstallabilityErrors")["installabilityErrors"]]
    assert not [e for e in wrong if e != "in-incognito"], wrong


# In a frame, where the page's own variables cannot be seen.
SHOWN = "document.querySelectorAll('canvas').length > 0"


def framed(c):
    """A page of the origin that may embed it shows it; the page of another does not."""
    mine, other = arguments

    def frame_of(origin):
        c.open(f"{origin}/frame.html")
        c.wait("loaded")
        return c.call("Page.getFrameTree")["frameTree"]["childFrames"][0]["frame"]

    frame = frame_of(mine)
    assert frame["url"] == url + "/", frame
    world = c.call("Page.createIsolatedWorld", frameId=frame["id"])["executionContextId"]
    c.wait(SHOWN, contextId=world)
    frame = frame_of(other)
    assert frame.get("unreachableUrl") == url + "/" or frame["url"] != url + "/", frame


def token(c):
    c.open(url + "/")
    c.wait("document.activeElement.id === 'token'")
    c.type("wrong")
    c.key("Enter", 13, "\r")
    c.wait("document.readyState === 'complete' && document.activeElement.id === 'token' && "
           "document.activeElement.value === ''")
    c.type(arguments[0])
    c.key("Enter", 13, "\r")
    c.wait("/^[0-9\u202f]+$/.test(document.querySelector('#power').innerText)")
    assert c.get("location.pathname") == "/"
    first = c.get("state.line.length")
    c.wait(f"state.line.length >= {first} + 2 && !state.lost")
    assert c.get("document.cookie") == ""


with Chromium(profile, "--lang=en") as c:
    c.set_clock(int(os.environ["P1_CLOCK_AHEAD"]), "Europe/Amsterdam")
    globals()[what](c)
    only_here(c, {"framed": ["frame-ancestors"],
                  "gaps": ["willReadFrequently"],
                  "mistakes": ["no such ", "net::ERR_BLOCKED_BY_CLIENT"],
                  "charts": ["net::ERR_BLOCKED_BY_CLIENT"],
                  "token": ["401 (Unauthorized)"]}.get(what, ()))
