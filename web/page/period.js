// The calendar of the history: what a period is, what it is called and compared with.

function range(move = 0) {
	const d = dayOf(state.at ?? localNow()), y = d.getUTCFullYear(), m = d.getUTCMonth(), monday = -(d.getUTCDay() + 6) % 7;
	const on = (year, month) => new Date(Date.UTC(year, month, 1));
	return {
		day: () => [dayOf(d, move), dayOf(d, move + 1)],
		week: () => [dayOf(d, monday + 7 * move), dayOf(d, monday + 7 * move + 7)],
		month: () => [on(y, m + move), on(y, m + move + 1)],
		year: () => [on(y + move, 0), on(y + move + 1, 0)],
	}[state.period]();
}

const isRunning = () => range()[1] > localNow();
const isCurve = () => state.period === "day" && state.form === "curve" && state.kind === KINDS[0];

function nameSpan() {
	const [from, to] = range();
	return {
		day: () => longDate(from),
		week: () => capital(fill("week_of", splitDays(from, dayOf(to, -1)))),
		month: () => monthYear(from),
		year: () => String(from.getUTCFullYear()),
	}[state.period]();
}

const splitDays = (from, to) => ({
	week: weekNumber(from), to: dayMonth(to),
	from: from.getUTCMonth() === to.getUTCMonth() ? from.getUTCDate() : `${dayMonth(from)} `,
});

// What each period can be compared with: values of the parameter `with`.
const OTHERS = {
	day: ["usual", "before", "week", "year", "nothing"], week: ["before", "year", "nothing"],
	month: ["year", "before", "nothing"], year: ["before", "nothing"],
};

// Fewer than three days make no usual day.
const hasUsual = () => state.docs.usual === undefined || state.docs.usual.days > 0;

function otherNow() {
	const list = OTHERS[state.period].filter((w) => w !== "usual" || hasUsual() || state.with.day === "usual");
	return { list, chosen: list.includes(state.with[state.period]) ? state.with[state.period] : list[0] };
}

// Name the period that this one is compared with.
function nameOther(other) {
	const [from] = range(), year = from.getUTCFullYear() - 1;
	if (other === "nothing")
		return word("nothing_else");
	if (state.period === "year")
		return String(year);
	if (state.period === "month")
		return monthYear(other === "before" ? range(-1)[0] : new Date(Date.UTC(year, from.getUTCMonth(), 1)));
	return word({ usual: "usual_day", before: `before_${state.period}`, week: "week_day", year: `year_${state.period}` }[other]);
}

// The keys of all slots of the period, including future ones, as p1web writes them.
function keys({ now, before }) {
	const count = (n, f) => [...Array(n).keys()].map(f), [from, to] = range();
	const there = new Set(now.rows.map((r) => r.slot)), first = now.rows[0]?.slot ?? "", late = now.rows.at(-1)?.slot ?? "";
	const all = {
		day: () => count(24, (h) => `${two(h)}:00`),
		week: () => count(7, (d) => String(d + 1)),
		month: () => count(Math.round((to - from) / 1000 / DAY), (d) => two(d + 1)),
		year: () => count(12, (m) => two(m + 1)),
	}[state.period]();
	// Spring skips an hour; a day before the first reading has no hours either.
	const own = all.filter((k) => state.period !== "day" || there.has(k) || k < first || k > late);
	return [...new Set([...own, ...there, ...(before?.rows ?? []).map((r) => r.slot)])].sort();
}

// The names of a slot: for the axis, and for the table and the selection.
function nameSlot(k) {
	const [from] = range(), n = Number.parseInt(k, 10);
	return {
		day: () => [k.slice(0, 2), k.slice(0, 5) + (k.length > 5 ? ` (${word("again")})` : "")],
		week: () => [parts(dayOf(from, n - 1)).weekday + (small() ? "" : ` ${dayOf(from, n - 1).getUTCDate()}`), weekdayDate(dayOf(from, n - 1))],
		month: () => [String(n), dayMonth(dayOf(from, n - 1))],
		year: () => [word("months")[n - 1], `${word("months_long")[n - 1]} ${from.getUTCFullYear()}`],
	}[state.period]();
}

// The times of a gap, with dates as needed: "09:05–10:25"
function gapTimes(gap, dated = state.period !== "day") {
	const from = local(gap.local_start), to = local(gap.local_end), oneDay = iso(from) === iso(to);
	const one = (d, with_date) => with_date ? `${dayMonth(d)}, ${clock(d)}` : clock(d);
	return `${one(from, dated || !oneDay)}${oneDay ? DASH : ` ${DASH} `}${one(to, !oneDay)}`;
}

// The gap that covers a quarter of a slot or more, if any.
function gapIn(gaps, row) {
	const within = (g) => Math.min(g.end_ts, row.end_ts) - Math.max(g.start_ts, row.start_ts);
	return gaps.find((g) => 4 * within(g) >= row.end_ts - row.start_ts);
}

function slotsOf(answer, gaps) {
	const find = (rows, k) => rows?.find((r) => r.slot === k);
	const last = answer.sums.find((s) => s.medium === state.kind.name)?.last_ts ?? Infinity;
	return keys(answer).map((k) => {
		const [short, long] = nameSlot(k), now = find(answer.now.rows, k), gap = now && gapIn(gaps, now);
		return { key: k, short, long, now, before: find(answer.before?.rows, k), unfinished: now && last < now.end_ts, gap };
	});
}
