
// The history: a day, week, month or year beside an earlier one.

function range(at, move = 0) {
	const d = new Date(at.getFullYear(), at.getMonth(), at.getDate());
	const y = d.getFullYear(), m = d.getMonth(), day = d.getDate(), monday = day - (d.getDay() + 6) % 7;
	return {
		day: () => [new Date(y, m, day + move), new Date(y, m, day + move + 1)],
		week: () => [new Date(y, m, monday + 7 * move), new Date(y, m, monday + 7 * move + 7)],
		month: () => [new Date(y, m + move, 1), new Date(y, m + move + 1, 1)],
		year: () => [new Date(y + move, 0, 1), new Date(y + move + 1, 0, 1)],
	}[state.period]();
}

// Name the period that this one is compared with.
function nameOther(withWhat) {
	const [from] = range(state.at), year = from.getFullYear() - 1;
	if (withWhat === "nothing" || state.period === "year")
		return withWhat === "nothing" ? word("nothing_else") : String(year);
	if (state.period === "month")
		return date(withWhat === "before" ? range(state.at, -1)[0] : new Date(year, from.getMonth(), 1), { month: "long", year: "numeric" });
	return word(`${withWhat}_${state.period}`);
}

function showChoices() {
	const list = state.period === "year" ? ["before", "nothing"] : ["before", "year", "nothing"];
	if (!list.includes(state.with))
		state.with = "before";
	$("compare").replaceChildren(...list.map((w) => element("option", nameOther(w), { value: w })));
	$("compare").value = state.with;
	state.other = nameOther(state.with);
}

// All slots of the period, also those to come: their keys as p1web has them.
function keys({ now, before }) {
	const two = (n) => String(n).padStart(2, "0"), count = (n, f) => [...Array(n).keys()].map(f);
	const [from, to] = range(state.at), there = new Set(now.rows.map((r) => r.slot));
	const late = now.rows.at(-1)?.slot ?? "", skipped = (k) => state.period === "day" && k < late && !there.has(k);
	const all = {
		day: () => count(24, (h) => `${two(h)}:00`),
		week: () => count(7, (d) => String(d + 1)),
		month: () => count(Math.round((to - from) / 864e5), (d) => two(d + 1)),
		year: () => count(12, (m) => two(m + 1)),
	}[state.period]();
	// Spring leaves an hour out; a day before the first reading has none either.
	const first = now.rows[0]?.slot ?? "";
	const own = all.filter((k) => k < first || !skipped(k));
	return [...new Set([...own, ...there, ...(before?.rows ?? []).map((r) => r.slot)])].sort();
}

// The words of a slot: for the axis, and for the table and the pointer.
function nameSlot(k) {
	const [from] = range(state.at), y = from.getFullYear(), m = from.getMonth();
	const on = (d, options) => date(d, options);
	return {
		day: () => [k.slice(0, 2), k.slice(0, 5) + (k.length > 5 ? ` (${word("again")})` : "")],
		week: () => {
			const d = new Date(y, m, from.getDate() + Number(k) - 1);
			return [on(d, { weekday: "short", day: "numeric" }), on(d, { weekday: "short", day: "numeric", month: "short" })];
		},
		month: () => [String(Number(k)), `${Number(k)} ${on(from, { month: "short" })}`],
		year: () => [on(new Date(y, Number(k) - 1, 1), { month: "short" }), on(new Date(y, Number(k) - 1, 1), { month: "long" })],
	}[state.period]();
}

// "no readings 07:00–14:30", with dates as needed
function nameGapSpan(gap) {
	const from = local(gap.local_start), to = local(gap.local_end), oneDay = iso(from) === iso(to);
	const one = (d, dated) => dated ? `${dayMonth(d)}, ${clock(d)}` : clock(d);
	const dated = !oneDay || state.period !== "day";
	return `${word("no_readings")} ${one(from, dated)}${oneDay ? DASH : ` ${DASH} `}${one(to, !oneDay)}`;
}

// Most of what a slot shows may be measured; a quarter without readings is too much.
function gapIn(gaps, row) {
	const within = (g) => Math.min(g.end_ts, row.end_ts) - Math.max(g.start_ts, row.start_ts);
	return gaps.find((g) => 4 * within(g) >= row.end_ts - row.start_ts);
}

function slotsOf(answer, gaps) {
	const find = (rows, k) => rows?.find((r) => r.slot === k);
	const last = answer.sums.find((s) => s.medium === state.kind.name)?.last_ts ?? Infinity;
	return keys(answer).map((k) => {
		const [short, long] = nameSlot(k), now = find(answer.now.rows, k), gap = now && gapIn(gaps, now);
		return {
			short, long, now, before: find(answer.before?.rows, k),
			unfinished: now && last < now.end_ts, gap: gap && nameGapSpan(gap),
		};
	});
}

// Each gap in words, with what the counters before and after it say.
function showGaps(gaps) {
	const k = state.kind, columns = columnsOf(k);
	const lines = gaps.slice(0, 5).map((g) => {
		const used = columns.filter(([c]) => g[c] !== undefined).map(([c, n]) => `${word(n)} ${amount(g[c], k.unit)}`);
		return `${capital(nameGapSpan(g))}: ${used.join(", ")}`;
	});
	if (gaps.length > 5)
		lines.push(`${word("more_gaps")}: ${gaps.length - 5}`);
	$("gaps").replaceChildren(...lines.map((l) => element("li", l)));
}

function showTable(slots, other) {
	const k = state.kind, columns = columnsOf(k);
	const all = ["now", ...(other ? ["before"] : [])].flatMap((of) => columns.map(([c, n]) => [of, c, word(n)]));
	const head = element("tr", "");
	head.append(element("th", word("time"), { scope: "col" }),
		...all.map(([of, , n]) => element("th", `${of === "now" ? n : `${other}: ${n}`} (${k.unit})`, { scope: "col" })));
	const lines = slots.filter((s) => s.now || s.before).map((s) => {
		const line = element("tr", "");
		line.append(element("th", s.long, { scope: "row" }),
			...all.map(([of, c]) => element("td", s[of]?.[c] === undefined ? DASH : number(s[of][c], 3))));
		return line;
	});
	$("rows").dataset.period = state.period;
	$("rows").replaceChildren(head, ...lines);
}

function showKinds(rows) {
	const known = KINDS.filter((k) => rows.some((r) => r[k.up] !== undefined) || k === state.kind);
	const now = [...$("what").options].map((o) => o.value);
	state.kinds = [...new Set([...(state.kinds ?? []), ...known])].sort((a, b) => KINDS.indexOf(a) - KINDS.indexOf(b));
	if (now.join() === state.kinds.map((k) => k.name).join() && $("what").dataset.lang === lang)
		return;
	$("what").dataset.lang = lang;
	$("what").replaceChildren(...state.kinds.map((k) => element("option", word(k.name), { value: k.name })));
	$("what").value = state.kind.name;
}

// The end of a part of a period: midnight belongs to the day before.
function nameEnd(text) {
	const d = local(text);
	if (state.period === "day")
		return clock(d);
	return d.getHours() + d.getMinutes() ? `${dayMonth(d)}, ${clock(d)}` : dayMonth(new Date(d - 1));
}

// The part of the calendar that is compared, if it is not the whole period.
function nameSpan(same, now) {
	const late = same.from_ts > now.start_ts, early = same.to_ts < now.end_ts;
	const from = late ? (state.period === "day" ? clock : dayMonth)(local(same.local_from)) : "";
	if (late && early)
		return `, ${from} ${DASH} ${nameEnd(same.local_to)}`;
	return late ? `, ${word("since")} ${from}` : early ? `, ${word("until")} ${nameEnd(same.local_to)}` : "";
}

// "Imported: 7 % less than November 2025: 186.7 against 200.4 kWh, to 27 Nov"
function compareSentence(answer, sum, column, name) {
	const a = sum.same?.[column], b = sum.before?.[column];
	if (a === undefined || b === undefined || (a === 0 && b === 0))
		return "";
	const percent = b > 0 ? Math.round(100 * Math.abs(a / b - 1)) : NaN;
	const much = Number.isNaN(percent) || percent > 999 ? word(a > b ? "more" : "less") + ` ${word("than")}`
		: percent < 1 ? word("same_as")
		: `${percent}${NO_BREAK}% ${word(a > b ? "more" : "less")} ${word("than")}`;
	const both = `${number(a, decimals(Math.max(a, b)))} ${word("against")} ${number(b, decimals(Math.max(a, b)))}`;
	return `${name}: ${much} ${state.other}: ${both}${NO_BREAK}${state.kind.unit}${nameSpan(sum.same, answer.now)}`;
}

// Say if the earlier period is not known, or only from a day within it.
function sinceSentence(answer, sum) {
	if (answer.with !== "nothing" && sum.now && !sum.before)
		return `${capital(state.other)}: ${word("unknown")}`;
	if (!sum.before || sum.before.from_ts <= answer.before.start_ts)
		return "";
	const from = local(sum.before.local_from);
	return `${capital(state.other)}: ${word("known_since")} ${state.period === "day" ? clock(from) : date(from, { day: "numeric", month: "long" })}`;
}

function showSums(answer, cost) {
	const k = state.kind, medium = k.name, sum = answer.sums.find((s) => s.medium === medium) ?? {};
	const columns = columnsOf(k);
	const known = columns.filter(([c]) => sum.now?.[c] !== undefined);
	const total = known.map(([c, n]) => `${word(n)} ${amount(sum.now[c], k.unit)}`).join(", ");
	const lines = [total && word("total") + total, ...columns.map(([c, n]) => compareSentence(answer, sum, c, word(n))),
		sinceSentence(answer, sum), cost && word("cost_all") + cost].filter((text) => text);
	$("total").replaceChildren(...(lines.length ? lines : [word("nothing")]).map((l) => element("span", l)));
	$("chart").setAttribute("aria-label", lines.join(". "));
}

// Costs of a period's rows, as far as prices are known.
async function costs(resolution, [from, to]) {
	const { rows, currency } = await ask(`api/v1/costs?resolution=${resolution}&from=${iso(from)}${to ? `&to=${iso(to)}` : ""}`);
	state.currency = currency;
	return rows;
}

function showSpan([from, to]) {
	const format = new Intl.DateTimeFormat(locale(), { dateStyle: "medium" });
	$("span").textContent = {
		day: () => date(from, { weekday: "short", day: "numeric", month: "long", year: "numeric" }),
		week: () => `${format.format(from)} ${DASH} ${format.format(new Date(to - 1))}`,
		month: () => capital(date(from, { month: "long", year: "numeric" })),
		year: () => String(from.getFullYear()),
	}[state.period]();
	$("forth").disabled = to > new Date();
}

async function showHistory() {
	const asked = ++state.asked, [from, to] = range(state.at);
	for (const b of $("periods").children)
		b.setAttribute("aria-pressed", b.dataset.period === state.period);
	showSpan([from, to]);
	showChoices();
	const [answer, found, cost] = await Promise.all([
		ask(`api/v1/comparison?period=${state.period}&date=${iso(from)}&with=${state.with}`),
		ask(`api/v1/gaps?from=${iso(from)}&to=${iso(to)}`), costs("day", [from, to])]);
	if (asked !== state.asked)
		return;
	const gaps = found.rows.filter((g) => g.medium === state.kind.name), slots = slotsOf(answer, gaps);
	state.slots = slots;
	const priced = cost.filter((r) => r.total !== undefined);
	const other = answer.before?.rows.length ? state.other : "";
	showKinds(answer.now.rows);
	showTable(slots, other);
	showSums(answer, priced.length ? money(priced.reduce((sum, r) => sum + r.total, 0), state.currency) : "");
	showGaps(gaps);
	if (typeof Dygraph === "undefined")
		return showPicture();
	try {
		$("chart").hidden = $("zoom").hidden = false;
		$("picture").hidden = true;
		draw(slots, other);
		showZoom();
	} catch (e) {
		showPicture();
		throw e;
	}
}

function move(by) {
	const [from, to] = range(state.at, by), now = new Date();
	state.at = from <= now && now < to ? now : from;
	quietly(showHistory);
}
