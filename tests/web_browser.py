"""What a person does with the page, in Chromium: for web_browser.bats.

web_browser.py URL PROFILE live | late | charts | selection | readings | usual | keyboard | calendar | gaps | mistakes | looks | pictures | heat | unreadable |
    plain | light | installed | framed ORIGIN OTHER | held COMMAND | token TOKEN
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
    c.wait("document.title === `${$('power').innerText} W · Home`")
    c.wait("document.querySelectorAll('#line canvas').length > 0")
    # A reading each second, as the meter sends them.
    c.wait("state.intervals.length === 5 && state.interval < 3")
    c.wait("$('contact').innerText.startsWith('live, ')")
    assert "L1 " in c.text("#phases") and "V" in c.text("#phases")
    # Exporting, for which there is no price, and importing.
    c.wait("/^(low|normal) tariff$/.test((showTariff(-1), $('tariff').innerText))")
    c.wait("/^(low|normal) tariff · €0.25 per kWh$/.test((showTariff(1), $('tariff').innerText))")
    c.wait("document.querySelectorAll('#today tbody tr').length === 3")
    assert "kWh" in c.text("#today") and "m³" in c.text("#today")
    assert "€" in c.text("#today tfoot"), c.text("#today")
    assert c.text("#today-head").startswith("Today until 12:"), c.text("#today-head")
    # Today's totals, costs and registers move with each reading, though nothing is
    # committed meanwhile.
    total = "todayOf(KINDS[0], 'import', 'import_kwh') + todayOf(KINDS[0], 'export', 'export_kwh')"
    begin = c.get(total)
    c.wait(f"{total} > {begin}")
    stored, r = c.get("[state.docs.today, state.reading]")
    names = [f"{way}_t{t}" for way in ("import", "export") for t in (1, 2)]
    want = sum(stored["rows"][-1][k] for k in ("import_kwh", "export_kwh")) + sum(
        r[n] - stored["reading"][n] for n in names)
    assert abs(want - c.get(total)) < .02, (want, c.get(total))
    c.wait("$('today').innerText.includes(number(todayOf(KINDS[0], 'export', 'export_kwh'), "
           "decimals(todayOf(KINDS[0], 'export', 'export_kwh'))))")
    assert c.get("costOf(KINDS[0], 'import') - state.docs.current.cost_today.import"
                 " - .25 * later(KINDS[0], 'import')") < 1e-9
    c.wait("$('readings').innerText.includes(number(state.reading.export_t2, 3))")
    assert c.get("document.querySelectorAll('#meters tbody tr').length") == 3
    assert "until 10 Feb" in c.get("$('meters').textContent"), c.get("$('meters').textContent")
    assert c.get("state.docs.held.held.length") == 0


def late(c):
    """Time passes, and no reading comes: the newest is half an hour old."""
    c.open(url + "/")
    c.wait("state.last > 0 && !!state.view")
    c.get("state.interval = 1800")
    c.wait("$('contact').innerText.includes('ago')")
    color = "getComputedStyle(document.querySelector('.big')).color"
    shown, fresh = c.text("#power"), c.get(color)
    assert c.text("#contact").startswith("last reading "), c.text("#contact")
    c.get("before = Date.now, ahead = 0, Date.now = () => before() + 1000 * ahead")

    def after(s, how):  # the newest reading, which is 1800 s old or a little more
        c.get(f"ahead = {s} - 1800")
        c.wait(f"document.body.classList.contains('{how}')")

    after(3 * 1800 - 300, "live")
    after(3 * 1800 + 5, "stale")
    assert c.text("#power") == shown and c.get(color) != fresh
    assert c.text("#direction").endswith("at 11:30:00"), c.text("#direction")
    assert c.text("#contact").startswith("No reading for 90 min; the meter sends one every 30 min.")
    after(10 * 1800 - 300, "stale")
    after(10 * 1800 + 5, "silent")
    assert c.text("#power") == "–" and "L1 –" in c.text("#phases"), c.text("#phases")
    assert c.text("#contact").startswith("The meter is silent: last reading 11:30:00."), c.text("#contact")
    assert c.text("#direction") == "no reading since 11:30", c.text("#direction")
    # Of a meter that sends each second it takes a minute.
    c.get("state.interval = 1")
    after(30, "stale")
    after(63, "silent")
    choose(c, "language", "nl")
    c.wait("$('contact').innerText.startsWith('De meter stuurt niets: laatste meting 11:30:00.')")
    after(30, "stale")
    c.wait("$('contact').innerText.startsWith('Al ') && $('power').innerText !== '–'")


def plainly(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("\u2060", "")


def held(c):
    """What happened and what to do, in the language of the page, for as long as it is true."""
    command = arguments[0]
    c.open(url + "/")
    c.wait("!$('notice-link').hidden")
    titles = "[...document.querySelectorAll('#notice-list summary')].map((e) => e.innerText)"
    want = "Electricity E0044007012534798: all readings since 11:40 are held back"
    assert want in c.get(titles), c.get(titles)
    c.click("#notice-list summary")
    assert c.text("#notice-list code") == command, c.text("#notice-list")
    said = plainly(c.text("#notice-list"))
    assert "The counter fell from " in said and " to 0.000 kWh, as if the meter was replaced" in said, said
    assert "do not count yet, but they are not lost. Was the meter reset" in said, said
    choose(c, "language", "nl")
    c.wait("$('notice-list').innerText.includes('11:40 zijn apart gehouden')")
    c.click("#notice-list summary")
    assert "De stand zakte van " in c.text("#notice-list")
    assert c.text("#notice-list code") == command
    c.size(320, 600, True)
    c.wait("document.documentElement.scrollWidth <= 320")
    print("seen", flush=True)
    c.wait("quietly(refresh), !$('notices').innerText.includes('apart gehouden')")


def choose(c, select, value):
    c.get(f"$('{select}').value = '{value}'; $('{select}').dispatchEvent(new Event('change'))")


# What is drawn, by slot: [import, export, and the same of the other period].
DRAWN = """state.view.slots.map((s) => ["now", "before"].flatMap((of) =>
    [s[of]?.import_kwh ?? null, s[of]?.export_kwh ?? null]))"""


def show(c, period, day, other):
    """Show a period as bars, and return what is drawn."""
    c.get(f"Object.assign(state, {{ at: new Date('{day}T12:00Z'), period: '{period}', form: 'bars', "
          f"with: {{ {period}: '{other}' }}, view: null }}), changePeriod()")
    c.wait(f"!!state.view && state.view.other === '{other}'")
    return c.get(DRAWN)


def consumed(c, resolution, start, end):
    """kWh of each period, by the name that the views give it."""
    rows = c.get(f"ask('history?resolution={resolution}&from={start}&to={end}')")["rows"]
    return {r[resolution]: r["import_kwh"] for r in rows}


def calendar(c):
    c.open(url + "/")
    c.wait("!!state.view")
    # January has nothing to be compared with; July 2025 stands in July.
    months = consumed(c, "month", "2025", "2027")
    drawn = show(c, "year", "2026-01-01", "before")
    for i, (now, _, before, _) in enumerate(drawn):
        name = f"{i + 1:02}"
        assert now == months.get("2026-" + name), (name, now)
        assert before == months.get("2025-" + name), (name, before)
    assert plainly(c.text("#facts")).count("11–16 Jun.") == 2, c.text("#facts")
    assert c.get("startIn(state.view, state.view.slots)") == {"slot": 5, "words": "2025: known since 11 June"}
    # Days of the month; the earlier ones to the same date.
    days = consumed(c, "day", "2025-06", "2026-07")
    drawn = show(c, "month", "2026-06-01", "before")
    assert [r[2] for r in drawn] == [days[f"2026-05-{i:02}"] for i in range(1, 32)]
    assert c.text("#facts").count("than May 2026: ") == 2, c.text("#facts")
    assert plainly(c.text("#facts")).count("kWh, 1–16 Jun.") == 2, c.text("#facts")
    drawn = show(c, "month", "2026-06-01", "year")
    assert [r[2] for r in drawn] == [days.get(f"2025-06-{i:02}") for i in range(1, 31)]
    assert "June 2025" in c.text("#legend"), c.text("#legend")
    # The days of a week stand together: 52 weeks before is a Monday, too.
    drawn = show(c, "week", "2026-06-17", "year")
    assert [r[2] for r in drawn] == [days[f"2025-06-{i}"] for i in range(16, 23)]
    assert c.text("#span") == "Week 25 · 15–21 Jun", c.text("#span")
    # A week that is over: the whole of both.
    show(c, "week", "2026-06-10", "before")
    assert "against" in c.text("#facts") and "kWh." in c.text("#facts"), c.text("#facts")
    # A year that is not known from its start says so.
    show(c, "year", "2025-07-01", "nothing")
    assert "2025: known since 10 June" in c.text("#facts"), c.text("#facts")
    # Nothing is known of March 2025, and it is not compared.
    drawn = show(c, "month", "2026-03-01", "year")
    assert all(r[2] is None for r in drawn) and "March 2025: not known" in c.text("#facts"), c.text("#facts")
    assert "against" not in c.text("#facts"), c.text("#facts")
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
    assert len(drawn) == 23 and all(r[2] is None for r in drawn)
    drawn = show(c, "day", "2026-03-29", "before")
    assert len(drawn) == 24 and drawn[2][0] is None and drawn[2][2] is not None
    nights(c)
    drawn = show(c, "day", "2026-06-15", "week")
    assert drawn[7][2] == consumed(c, "hour", "2026-06-08", "2026-06-09")["2026-06-08 07:00"]
    assert "than the same day last week: " in c.text("#facts"), c.text("#facts")
    # By choice, with the year before, or with nothing; also in Dutch.
    choose(c, "language", "nl")
    show(c, "day", "2026-06-15", "before")
    for other, words in (("week", "week"), ("year", "jaar")):
        choose(c, "compare", other)
        c.wait(f"$('legend').innerText.includes('dezelfde dag vorig{'e' if other == 'week' else ''} {words}')")
    choose(c, "compare", "nothing")
    c.wait("!$('legend').innerText.includes('dag')")


def nights(c):
    """The axis of a day's curve has the hours that the clock showed."""
    for day, hours in (("2025-10-26", [0, 1, 2, 2, 3]), ("2026-03-29", [0, 1, 3, 4, 5])):
        show(c, "day", day, "nothing")
        c.get("state.form = 'curve', changePeriod(), 0")
        c.wait("state.view.power.length > 20 && !!charts.chart")
        at = c.get("[0, 1, 2, 3, 4].map((h) => state.view.clock.at(state.view.answer.now.start_ts + h * HOUR) / HOUR)")
        assert at == hours, (day, at)
        back = c.get("[3, 5, 23].map((h) => state.view.clock.at(state.view.clock.instant(h * HOUR)) / HOUR)")
        assert back == [3, 5, 23], (day, back)


# How much of the bar in a slot has exactly the colour of imports, of 1.
FILLED = """((slot) => {
    const g = charts.chart, value = state.view.slots[slot].now.import_kwh, x = g.toDomXCoord(slot), r = devicePixelRatio;
    const zero = g.toDomYCoord(0), top = g.toDomYCoord(value);
    const context = document.querySelector('#chart canvas').getContext('2d');
    const tints = ['import', 'import-low'].map((n) => color(n).slice(1).match(/../g).map((h) => parseInt(h, 16)));
    const dots = context.getImageData((x - 4) * r, (top + 3) * r, 8 * r, (zero - top - 5) * r).data;
    let filled = 0;
    for (let i = 0; i < dots.length; i += 4)
        filled += tints.some((t) => t.every((v, j) => Math.abs(dots[i + j] - v) < 8)) && dots[i + 3] > 250;
    return filled / (dots.length / 4);
})(%d)"""


def gaps(c):
    c.open(url + "/")
    c.wait("!!state.view")
    drawn = show(c, "month", "2026-06-17", "nothing")
    assert all(row[0] > 1 for row in drawn[:17]) and drawn[17][0] is None
    filled = [c.get(FILLED % i) for i in (14, 15, 16)]
    assert filled[0] > .9, filled  # complete,
    assert 0 < filled[1] < .7, filled  # hatched,
    assert filled[2] < .2, filled  # not over
    assert "not finished" in c.text("#legend"), c.text("#legend")
    assert "no readings: only the total is known" in c.text("#legend")
    # What the counters say: from 07:00 to 14:30 here.
    there = c.get("ask('gaps?from=2026-06-16&to=2026-06-17')")["rows"][0]
    assert there["medium"] == "electricity"
    show(c, "day", "2026-06-16", "nothing")
    hatched = c.get("state.view.slots.map((s, i) => s.gap ? i : -1).filter((i) => i >= 0)")
    assert hatched == list(range(7, 15)), hatched
    # The curve has no line there, and says when, and how much it was.
    c.get("state.form = 'curve', changePeriod(), 0")
    c.wait("isCurve() && state.view.power.length > 20 && !!charts.chart")
    words = plainly(c.get("dayGaps(state.view, Infinity)[0].words.map(([t]) => t).join('|')"))
    used = plainly(c.get(f"amount({there['import_kwh']}, 'kWh')"))
    assert words.startswith(f"no readings|07:00–14:30|{used} in all"), words
    gap = c.get("(([g]) => [g.from, g.to])(dayGaps(state.view, Infinity))")
    rows = c.get("cutGaps(powerRows(state.view.power, Infinity), dayGaps(state.view, Infinity))")
    assert len(rows) > 20 and not [r for r in rows if r["at"] < gap[1] and r["end"] > gap[0]], (gap, rows)
    assert "no readings" in c.text("#legend")
    # A gap of the last day is a notice, too.
    c.get("ask('gaps?from=2026-06-16&to=2026-06-17').then((found) => { state.docs.gaps = found; showNotices(); })")
    titles = c.get("[...document.querySelectorAll('#notice-list summary')].map((e) => e.innerText)")
    assert "16 Jun, 07:00–14:30: no readings of electricity" in titles, titles
    c.get("state.kind = KINDS[1], changePeriod()")
    c.wait("state.view.gaps[0]?.medium === 'gas' && $('legend').innerText.includes('only the total')")
    choose(c, "language", "nl")
    c.wait("$('legend').innerText.includes('geen metingen: alleen het totaal')")
    # A day with readings has none, and neither has a day that is over.
    show(c, "day", "2026-06-15", "nothing")
    assert "metingen" not in c.text("#legend")
    assert "bezig" not in c.text("#legend"), c.text("#legend")


def charts(c):
    c.open(url + "/")
    c.wait("!!state.view")
    spans = set()
    choose(c, "compare", "nothing")
    for period, least, slots in (("day", 12, 24), ("week", 3, 7),
                                 ("month", 17, 30), ("year", 6, 12)):
        c.click(f"[data-name={period}]")
        c.wait(f"$('rows').dataset.period === '{period}' && "
               f"!!charts.chart && state.view.slots.length === {slots} && {ROWS} >= {least}")
        c.wait(f"document.querySelector('#periods [aria-pressed=true]').dataset.name === '{period}'")
        assert c.get(DOTS) > 500, period
        now = c.text("#span")
        spans.add(now)
        c.click("#back")
        c.wait(f"$('span').innerText !== {now!r} && !$('forth').disabled")
        c.click("#forth")
        c.wait(f"$('span').innerText === {now!r} && $('forth').disabled")
    assert len(spans) == 4, spans
    c.click("[data-name=month]")
    c.wait("state.view.answer.period === 'month'")
    # With a reading every half hour no quarter is known; with more there is.
    assert "Highest quarter" not in c.text("#facts")
    c.get("state.view.peaks = { month: { w: 3104, local_start: '2026-06-09 17:45:00' } }, drawHistory()")
    assert "Highest quarter-hour\n3.10 kW\n9 Jun, 17:45" in plainly(c.text("#facts")), c.text("#facts")
    choose(c, "compare", "before")
    c.wait("$('legend').innerText.includes('May 2026')")
    assert "than May 2026: " in c.text("#facts"), c.text("#facts")
    assert "€" in c.text("#facts")
    assert "Standing charges" not in c.text("#facts"), c.text("#facts")
    kinds = c.get("[...$('kinds').children].map((b) => b.dataset.name)")
    assert kinds == ["electricity", "gas"], kinds
    c.click("[data-name=gas]")
    c.wait("$('facts').innerText.includes('m³')")
    c.wait(f"{DOTS} > 500")
    c.call("Network.setBlockedURLs", urls=["*/api/v1/comparison*"])
    c.click("[data-name=week]")
    c.wait("$('contact').innerText.includes('No connection to p1web. Trying again')")
    c.call("Network.setBlockedURLs", urls=[])
    c.wait("$('rows').dataset.period === 'week'")
    c.wait("!$('contact').innerText.includes('No connection')")


def selected(c, a, b):
    """What the counters say of a stretch, and how the page says it."""
    s = c.get(f"ask('selection?from={a}&to={b}')")
    sums = {k: v for m in s["sums"] for k, v in m.items()}
    return c.get(f"amount({sums['import_kwh']}, 'kWh')"), c.get(f"money({s['costs']['import']}, 'EUR')")


def selection(c):
    """A stretch of the chart by pointer, by two times and by keyboard, and bars."""
    c.open(url + "/")
    c.wait("!!state.view")
    c.get("state.at = new Date('2026-06-15T12:00Z'), changePeriod()")
    c.wait("state.view.answer.now.start_ts === 1781474400 && !!charts.chart")
    start = 1781474400
    c.get("seenSums = () => $('selection').innerText.includes('kWh')")
    c.drag("#chart", .4, .7)
    c.wait("state.selection?.times && seenSums()")
    a, b = c.get("state.selection.times")
    assert (a - start) % 300 == 0 and (b - start) % 300 == 0 and 6 * 3600 < b - a < 10 * 3600, (a, b)
    kwh, cost = selected(c, a, b)
    assert kwh in c.text("#selection") and cost in c.text("#selection"), c.text("#selection")
    assert "m³" in c.text("#selection") and "mean" in c.text("#selection"), c.text("#selection")
    # Two times.
    c.get("$('sel-from').value = '17:30', $('sel-to').value = '18:45', "
          "$('sel-to').dispatchEvent(new Event('change', { bubbles: true }))")
    c.wait(f"String(state.selection.times) === '{start + 63000},{start + 67500}' && seenSums()")
    kwh, cost = selected(c, start + 63000, start + 67500)
    assert kwh in c.text("#selection") and cost in c.text("#selection"), c.text("#selection")
    # The keyboard.
    c.get("$('chart').focus()")
    c.key("ArrowRight", 39)
    assert c.get("state.selection.times") == [start + 63000, start + 67800]
    c.call("Input.dispatchKeyEvent", type="keyDown", key="ArrowLeft", windowsVirtualKeyCode=37, modifiers=8)
    assert c.get("state.selection.times") == [start + 62700, start + 67800]
    c.key("Escape", 27)
    assert c.get("state.selection") is None and c.get("$('selection').hidden")
    c.key("ArrowRight", 39)
    assert c.get("state.selection.times")[1] <= start + 86400
    # Bars: one by a click, several by dragging, by the keyboard; a day opens.
    c.click("[data-name=month]")
    c.wait("state.view.answer.period === 'month' && !!charts.chart && state.selection === null")
    x = c.get("charts.chart.toDomXCoord(9) / $('chart').clientWidth")
    c.drag("#chart", x, x)
    c.wait("String(state.selection?.slots) === '9,9' && seenSums()")
    assert "10 Jun" in c.text("#selection"), c.text("#selection")
    kwh, cost = selected(c, "2026-06-10", "2026-06-11")
    assert kwh in c.text("#selection") and cost in c.text("#selection"), c.text("#selection")
    c.get("$('chart').focus()")
    c.key("ArrowLeft", 37)
    c.wait("String(state.selection.slots) === '8,8' && $('selection').innerText.includes('9 Jun')")
    c.wait("!!$('open')")
    c.click("#open")
    c.wait("state.view.answer.period === 'day' && $('span').innerText === 'Tue 9 June 2026'")


def readings(c):
    """What the meters showed at any time, and how sure that is."""
    c.open(url + "/")
    c.wait("!!state.view && document.querySelectorAll('#readings tr').length === 5")
    assert c.text("#readings").startswith("From the grid low"), c.text("#readings")
    now = c.get("$('at-day').value + ' ' + $('at-time').value")
    assert now == "2026-06-17 11:30", now

    def at(day, time):
        c.get(f"state.docs.readings = {{}}, $('at-day').value = '{day}', $('at-time').value = '{time}', "
              "$('at-time').dispatchEvent(new Event('change'))")
        c.wait("!!state.docs.readings.readings")
        return c.get("state.docs.readings")

    # In winter, by the clock of then; measured, and computed between two readings.
    found = at("2026-03-01", "12:00")
    assert found["local_at"] == "2026-03-01 12:00:00", found
    want = c.get("ask('readings?at=2026-03-01T11:00:00Z')")
    assert found == want and found["readings"][0]["exact"]
    value = c.get(f"number({want['readings'][0]['value']}, 3)")
    assert value in c.text("#readings") and c.text("#readings-sure") == "", c.text("#readings-sure")
    at("2026-03-01", "12:10")
    assert "computed from the readings at 1 Mar, 12:00:00 and 1 Mar, 12:30:00" in c.text("#readings-sure"), c.text("#readings-sure")
    at("2026-06-16", "10:00")  # in the gap of seven hours
    assert "16 Jun, 07:00:00 and 16 Jun, 14:30:00" in c.text("#readings-sure"), c.text("#readings-sure")
    # Before the swap it was another meter, whose own registers are shown.
    old = at("2026-02-01", "12:00")["readings"][0]
    assert old["meter"] == "E0044007000000001", old
    at("2025-01-01", "12:00")
    assert c.text("#readings-sure") == "No reading before this time.", c.text("#readings-sure")
    assert c.get("$('copy').disabled")
    at("2026-03-01", "12:00")
    c.get("navigator.clipboard.writeText = async (text) => { copied = text }")
    c.click("#copy")
    c.wait("copied.startsWith('2026-03-01 12:00:00\\nFrom the grid low 1.8.1\\t') && $('copy').innerText === 'Copied'")
    c.click("#to-now")
    c.wait("$('to-now').hidden && $('at-day').value === '2026-06-17'")
    # In a browser far away it is the day and the time of the house.
    c.call("Emulation.setTimezoneOverride", timezoneId="Pacific/Auckland")
    c.open(url + "/")
    c.wait("!!state.view && new Date(state.last).getHours() === 21")
    assert c.get("$('at-day').value + ' ' + $('at-time').value") == "2026-06-17 11:30"
    assert c.text("#today-head") == "Today until 11:30" and c.text("#span") == "Wed 17 June 2026"


def usual(c):
    """Today and the day's curve beside a usual day."""
    c.open(url + "/")
    c.wait("!!state.view && state.view.other === 'usual'")
    sums = c.get("state.docs.usual.sums.find((s) => s.medium === 'electricity')")
    shown = plainly(c.text("#today"))
    assert c.get(f"number({sums['import_kwh']}, decimals({sums['import_kwh']}))") in shown, (sums, shown)
    assert " more than " in shown or " less than " in shown or "the same as" in shown, shown
    assert "a usual day €" in shown, shown
    assert c.text("#usual-key") == "tick: a usual day"
    days = c.get("state.docs.usual.days")
    assert f"usual day (mean of {days})" in c.text("#legend"), c.text("#legend")
    assert " than on a usual day (" in plainly(c.text("#facts")), c.text("#facts")
    assert "Highest" in c.text("#facts"), c.text("#facts")
    # The dash runs on past now.
    assert c.get("dashOf(state.view).at(-1).at") > c.get("nowMs() / 1000") + 6 * 3600
    # Too early for a usual day: it is not offered.
    c.get("state.at = new Date('2025-06-11T12:00Z'), changePeriod()")
    c.wait("state.view.answer.now.start_ts < 1749700000")
    assert "than on a usual day" not in c.text("#facts"), c.text("#facts")


# What the keyboard reaches, in order.
ORDER = ["skip", "language", "theme", "wall", "copy", "at-day", "at-time",
         "day", "back", "span", "electricity", "curve", "bars", "chart", "compare", "table", "meters-box"]


def keyboard(c):
    c.open(url + "/")
    c.wait("!!state.view")
    c.get("state.at = new Date('2026-06-15T12:00Z'), changePeriod()")
    c.wait("state.view.answer.now.start_ts === 1781474400 && !!charts.chart")
    c.get("document.activeElement.blur()")
    name = ("(e => e.id || e.dataset.name || e.className.split(' ')[0] || e.parentElement.id)(document.activeElement)")
    seen = []
    for _ in range(45):
        c.key("Tab", 9)
        at = c.get(name)
        if at and (not seen or seen[-1] != at):
            seen.append(at)
        assert c.get("(e => e === document.body || getComputedStyle(e).outlineStyle !== 'none')(document.activeElement)"), at
    at = -1
    for wanted in ORDER:
        assert wanted in seen[at + 1:], (wanted, seen)
        at = seen.index(wanted, at + 1)


# Pairs of a text's or shape's colour and what is behind it, and the least contrast.
CONTRAST = """(() => {
    const value = (name) => color(name).replace(/^#(.)(.)(.)$/, '#$1$1$2$2$3$3');
    const light = (hex) => hex.slice(1).match(/../g).map((h) => parseInt(h, 16) / 255)
        .map((v) => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
        .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
    const ratio = (a, b) => ((x, y) => (Math.max(x, y) + .05) / (Math.min(x, y) + .05))(light(value(a)), light(value(b)));
    const texts = ['ink', 'soft', 'import-text', 'export-text', 'gas', 'water', 'warm_water', 'heat', 'cold', 'warn'];
    const shapes = ['import', 'import-low', 'export', 'gas', 'water', 'heat', 'cold', 'control', 'zero', 'focus', 'gap'];
    const all = [...texts.map((t) => [t, 'card', 4.5]), ['ink', 'bg', 4.5], ['soft', 'bg', 4.5], ['warn', 'bg', 4.5],
        ['card', 'ink', 4.5], ...shapes.map((s) => [s, 'card', 2.95])];
    return all.filter(([a, b, least]) => ratio(a, b) < least).map(([a, b]) => `${a} on ${b}: ${ratio(a, b)}`);
})()"""


def names(c, wanted=("Home", "Now", "Today until 11:30", "Meter readings")):
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
    c.wait("!!state.view")
    assert c.get("$('broken').hidden")
    # While it draws: the picture takes the place of the chart.
    c.get("drawDay = () => { throw new Error('no such curve') }; quietly(showHistory), 0")
    c.wait("!$('broken').hidden && !$('picture').hidden")
    assert "Something on this page does not work" in c.text("#broken"), c.text("#broken")
    assert "no such curve" in c.text("#broken"), c.text("#broken")
    # After an answer, and in a reading of /live.
    for mistake, what in (("showMeters = () => { throw new Error('no such meter') };"
                           "quietly(refresh)", "no such meter"),
                          ("setTimeout(() => { throw new Error('no such reading') })", "no such reading")):
        c.get(mistake + ", 0")
        c.wait(f"$('broken').innerText.includes('{what}')")
    assert "No connection" not in c.text("#contact"), c.text("#contact")
    assert not c.get("state.lost") and c.get("failed.size") == 0
    c.get("showMeters = () => {}")
    choose(c, "language", "nl")
    c.wait("$('broken').innerText.includes('Op deze pagina werkt iets niet')")
    # And the other way round.
    c.call("Network.setBlockedURLs", urls=["*/api/v1/page*"])
    c.open(url + "/")
    c.wait("$('contact').innerText.includes('Geen verbinding')")
    assert c.get("$('broken').hidden")


# What is said in one language and not in the other, or in none; and what is never said.
UNSAID = """(async () => {
    const [en, ...others] = Object.values(WORDS).map((w) => Object.keys(w));
    const used = [...document.querySelectorAll("[data-word], [data-label]")]
        .map((e) => e.dataset.word ?? e.dataset.label);
    const script = (await (await fetch("app.js")).text()).replace(/^WORDS\\.[\\s\\S]*?^};/gm, "");
    const made = /^(no|what|tariff|now|open|before|year|first|nothing|unreadable)_|_(sags|swells)_|^(name|import|export|(from|to)_time|.*power_failures|weekdays)$/;
    return [...others.flatMap((o) => [...en.filter((w) => !o.includes(w)), ...o.filter((w) => !en.includes(w))]),
            ...[...used, ...KINDS.map((k) => k.name)].filter((w) => !en.includes(w)),
            ...en.filter((w) => !used.includes(w) && !made.test(w) && !script.includes(`"${w}"`) && !KINDS.some((k) => k.name === w))];
})()"""


def looks(c):
    c.open(url + "/")
    c.wait("!!state.view")
    assert c.get(UNSAID) == [], c.get(UNSAID)
    names(c)
    assert c.get(CONTRAST) == [], c.get(CONTRAST)
    light = c.get("getComputedStyle(document.body).backgroundColor")
    c.dark(True)
    c.wait(f"getComputedStyle(document.body).backgroundColor !== {light!r}")
    assert c.get(CONTRAST) == [], c.get(CONTRAST)
    # By choice, whatever the system prefers; and remembered.
    choose(c, "theme", "light")
    c.wait(f"getComputedStyle(document.body).backgroundColor === {light!r}")
    c.dark(False)
    choose(c, "theme", "dark")
    c.wait(f"getComputedStyle(document.body).backgroundColor !== {light!r}")
    c.open(url + "/")
    c.wait("!!state.view && $('theme').value === 'dark'")
    assert c.get("getComputedStyle(document.body).backgroundColor") != light
    choose(c, "theme", "auto")
    c.wait(f"getComputedStyle(document.body).backgroundColor === {light!r}")
    # Now, today, the readings and the whole chart are on the first screen.
    c.size(1440, 900)
    assert c.get("$('history').getBoundingClientRect().bottom") <= 900
    for width, height in ((390, 844), (1024, 768), (800, 1280), (700, 900), (320, 600)):
        c.size(width, height, True)
        c.wait(f"document.documentElement.scrollWidth <= {width}")
    small = c.get("[...document.querySelectorAll('button, select, input, a.button')].filter((e) => e.offsetHeight && e.offsetHeight < 44)"
                  ".map((e) => e.id || e.innerText)")
    assert small == [], small
    # By the keyboard to the first button of the periods, and press it.
    c.get("document.querySelector('[data-name=week]').focus()")
    c.key("Tab", 9)
    c.key("Enter", 13, "\r")
    c.wait("state.period === 'month' && document.activeElement.dataset.name === 'month'")
    choose(c, "language", "nl")
    c.wait("document.documentElement.lang === 'nl'")
    assert c.get("$('history-head').textContent") == "Verloop"
    c.wait("$('facts').innerText.includes('Afname')")
    c.open(url + "/")
    c.wait("document.documentElement.lang === 'nl' && $('language').value === 'nl'")
    # The wall view: all of it at once, and no more.
    c.size(1280, 800)
    c.open(url + "/?view=wall")
    c.wait("!!state.view && !!charts.chart")
    assert c.get("[document.documentElement.scrollHeight, document.documentElement.scrollWidth]") == [800, 1280]
    assert c.get("$('legend').getBoundingClientRect().bottom") < 800
    assert c.get("$('compare').offsetHeight") == 0 and c.get("$('power').offsetHeight") > 100
    assert c.get("charts.chart.height") > 300


# Before the page: a library that does not work.
NO_LIBRARY = "Object.defineProperty(window, 'Dygraph', { get: () => undefined, set: () => {} })"


def point(c, part):
    """Move the pointer to a part of the chart's width."""
    left, top, width, height = c.box("#chart")
    c.call("Input.dispatchMouseEvent", type="mouseMoved", x=left + width * part, y=top + height / 2)


def pictures(c):
    c.call("Page.addScriptToEvaluateOnNewDocument", source=NO_LIBRARY)
    c.open(url + "/")
    c.wait("!!state.view")
    c.get("drawn = charts.chart, 0")
    point(c, .3)
    c.wait("!!library")
    point(c, .4)
    assert c.get(f"charts.chart === drawn && {DOTS} > 500 && $('picture').hidden")
    c.get("drawDay = drawBars = () => { throw new Error('no such chart') }, 0")
    c.click("[data-name=week]")
    c.wait("state.view.answer.period === 'week'")
    for period in ("day", "month", "year"):
        c.click(f"[data-name={period}]")
        c.wait(f"!$('picture').hidden && $('picture').src.includes('/{period}.png?date=') && "
               "$('picture').complete && $('picture').naturalWidth >= 900")
    assert c.get("$('picture').alt") == "Electricity, 2026"
    c.click("[data-name=gas]")
    c.wait("$('picture').src.includes('/gas-year.png') && $('picture').complete && "
           "$('picture').naturalWidth >= 900")
    assert "€" in c.text("#facts")


def heat(c):
    c.open(url + "/")
    c.wait("!!state.view && state.kind.name === 'heat' && $('facts').innerText.includes('GJ')")
    assert c.get("$('power').offsetHeight") == 0 and c.get("$('kinds').hidden")
    assert c.text("#contact").startswith("last reading "), c.text("#contact")
    c.size(390, 844, True)
    c.wait("$('today').offsetWidth > 300 && document.documentElement.scrollWidth <= 390")


def unreadable(c):
    c.open(url + "/")
    c.wait("$('nothing').innerText.startsWith('The stored readings cannot be read.')")
    assert "p1web cannot read the database: " in c.text("#nothing"), c.text("#nothing")
    assert c.get("$('back').disabled && $('at').hidden")


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
    assert "Reading from 11:30:00" in c.text("section"), c.text("section")
    assert c.get(f"{images}.every((i) => !i.currentSrc.includes('theme=dark'))")
    names(c, ["Home", "Now", "Electricity", "Gas"])
    c.dark(True)
    c.wait(f"{images}.every((i) => i.currentSrc.endsWith('?theme=dark&language=en') && i.complete)")
    for width in (320, 390):
        c.size(width, 800, True)
        c.wait(f"document.documentElement.scrollWidth <= {width}")
    c.wait(f"{images}.every((i) => i.currentSrc.includes('size=450x200&scale=2') && i.complete && i.naturalWidth === 900)")
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
MOST_BYTES, MOST_REQUESTS = 48_000, 6


def light(c):
    c.open(url + "/login")
    while not any(r.endswith("/icon.svg") for r in c.requests):
        c.get("1")  # its icon comes late, and is not of the page
    c.call("Network.clearBrowserCache")  # of the style
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
    # What was the curve here? Only that needs the library.
    assert not [r for r in c.requests if r.endswith("/dygraphs.js")], c.requests
    point(c, .3)
    c.wait("typeof Dygraph === 'function' && charts.chart instanceof Dygraph")
    c.get("row = cutGaps(powerRows(state.view.power, Infinity), []).at(4), 0")
    point(c, c.get("charts.chart.toDomXCoord((row.at + row.end) / 2) / $('chart').clientWidth"))
    want = c.get("`02:00–02:30: ${power(row.w)} from the grid`")
    c.wait(f"$('near').innerText === {want!r}")


def installed(c):
    """The browser finds nothing that keeps it from installing the page."""
    c.open(url + "/")
    c.wait(f"{ROWS} > 0")
    found = c.call("Page.getAppManifest")
    assert not found["errors"] and found["url"] == url + "/manifest.webmanifest", found
    assert '"name":"Home"' in found["data"], found
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
                  "pictures": ["no such chart"],
                  "token": ["401 (Unauthorized)"]}.get(what, ()))
