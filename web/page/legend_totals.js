// Beside the chart: its legend, the totals of the period, and the comparison in words.

function legend(items) {
	show($("legend"), items.filter(Boolean).map(([mark, text]) => element("li", [element("i", "", { class: mark }), text])));
}

function curveLegend(view) {
	const exported = view.power.some((r) => r.export_w > 0) && exportsPower();
	const dash = view.other === "usual" ? view.usual?.power?.length && fill("usual_legend", { n: view.usual.days }) : view.otherPower?.length && view.name;
	legend([["k-import area", fill("from_mean", { n: Math.round((view.step ?? STEP) / 60) })], ["k-pale", word("highest_within")],
		exported && ["k-export area", word("to_grid_short")], dash && ["k-dash", dash], view.gaps.length && ["k-gap", word("no_readings")]]);
}

function barLegend(view, other) {
	const k = state.kind, { slots } = view, name = k.down ? "import" : k.name, tariffs = hasTariffs(slots);
	const low = lowTariff(), of = (t) => `${word("import")}, ${tariffName(t)}`;
	const exported = k.down && exportsPower() && slots.some((s) => s.now?.[k.down] > 0 || s.before?.[k.down] > 0);
	legend([[`k-${name}`, tariffs ? of(low === 1 ? 2 : 1) : word(name)], tariffs && ["k-low", of(low)], exported && ["k-export", word("export")],
		slots.some((s) => s.unfinished) && [`k-part p-${name}`, word("unfinished")], other && ["k-tick", other],
		slots.some((s) => s.gap) && ["k-gap", word("only_total")]]);
}

// Rows of name, amount and cost or time.
function factList(rows) {
	return element("dl", rows.filter(Boolean).flatMap(([name, value, beside = "", mark = ""]) => {
		const at = mark ? { class: mark } : {};
		return [element("dt", name, at), element("dd", value, at), element("dd", beside, at)];
	}));
}

const says = (...content) => element("p", content, { class: "says" });
// A sentence whose {much} is bold.
function saysMuch(name, values) {
	const [before, after] = fill(name, { ...values, much: "\n" }).split("\n");
	return after === undefined ? says(before) : says(before ? before : "", bold(values.much), after);
}

// The end of a part of a period: midnight belongs to the day before.
function nameEnd(d) {
	return state.period === "day" ? clock(d) : d.getUTCHours() + d.getUTCMinutes() ? `${dayMonth(d)}, ${clock(d)}` : dayMonth(dayOf(d, -1));
}

// The part of the calendar that is compared: "1–27 Nov", "to 19:24"
function nameCompared({ local_from, local_to }) {
	const from = local(local_from), to = local(local_to);
	if (state.period === "day")
		return clock(from) === "00:00" ? fill("to_clock", { time: clock(to) }) : `${clock(from)}${DASH}${clock(to)}`;
	if (to.getUTCHours() + to.getUTCMinutes())
		return iso(from) === iso(to) ? `${dayMonth(to)}, ${clock(from)}${DASH}${clock(to)}` : `${days(from, to)}, ${clock(to)}`;
	return days(from, dayOf(to, -1));
}

// "7 % less from the grid than November 2025: 186.7 against 200.4 kWh, 1–27 Nov."
function compareSentence(view, sum, column, name) {
	const a = sum.same?.[column], b = sum.before?.[column], k = state.kind, { now } = view.answer;
	if (a === undefined || b === undefined || (a === 0 && b === 0))
		return "";
	const most = Math.max(a, b), whole = sum.same.from_ts <= now.start_ts && sum.same.to_ts >= now.end_ts;
	const values = {
		much: much(a, b), what: word(`what_${name}`), period: view.name, a: number(a, decimals(most)), b: amount(b, k.unit, most),
		other: amount(b, k.unit), span: nameCompared(sum.same), time: clock(local(sum.same.local_to)),
	};
	if (view.other === "usual")
		return isSame(a, b) ? says(fill("same_usual", { ...values, what: word(name) })) : saysMuch(whole ? "day_usual" : "by_usual", values);
	if (isSame(a, b))
		return says(fill("same_compared", { ...values, what: word(name) }));
	return saysMuch(whole ? "compared_whole" : "compared", values);
}

// When the known part of this period starts, if that is within it.
function ownSince(view, { now }) {
	if (!now || now.from_ts <= view.answer.now.start_ts)
		return "";
	const from = local(now.local_from);
	return says(fill("known_since", { period: capital(nameSpan()), date: state.period === "day" ? clock(from) : longDay(from) }));
}

// Since when the other period is known, if that is within it.
function sinceOf(view, sum) {
	const { answer } = view;
	if (!sum.before || !answer.before || sum.before.from_ts <= answer.before.start_ts || view.other === "usual")
		return "";
	const from = local(sum.before.local_from);
	return fill("known_since", { period: capital(view.name), date: state.period === "day" ? clock(from) : longDay(from) });
}

function sentences(view, sum) {
	const { other } = view, list = [ownSince(view, sum), ...columnsOf(state.kind).map(([c, n]) => compareSentence(view, sum, c, n))];
	if (other !== "nothing" && other !== "usual" && sum.now && !sum.before)
		list.push(says(fill("not_known", { period: capital(view.name) })));
	const since = sinceOf(view, sum);
	return [...list, since && small() ? says(since) : ""];
}

// The same for its costs.
function costsOf(view) {
	const costs = { ...view.answer.costs };
	for (const kind of KINDS)
		for (const [, name] of columnsOf(kind))
			if (costs[name] !== undefined && isRunning())
				costs[name] += costLater(kind, name);
	return costs;
}

// The period up to now: the stored readings and the newer ones.
function sumOf(view, medium) {
	const sum = view.answer.sums.find((s) => s.medium === medium) ?? {}, kind = KINDS.find((k) => k.name === medium);
	if (!sum.now || !isRunning())
		return sum;
	const now = { ...sum.now };
	for (const [column, name] of columnsOf(kind))
		now[column] += later(kind, name);
	return { ...sum, now };
}

// The amounts of the period with their costs; for electricity also the tariffs.
function sumRows(view, sum) {
	const k = state.kind, { currency } = view.answer, costs = costsOf(view), cost = (n) => costs[n] === undefined ? "" : money(costs[n], currency);
	const whole = sum.now?.[k.up];
	if (whole === undefined)
		return [];
	const tariffs = [1, 2].map((t) => [t, sum.now[`import_t${t}_kwh`]]), split = k.down && tariffs.every(([, v]) => v > 0);
	return [
		[word(k.down ? "import" : k.name), amount(whole, k.unit), cost(k.down ? "import" : k.name)],
		...(split && !isCurve() ? tariffs.map(([t, v]) => [`${DASH} ${tariffName(t)}`, amount(v, k.unit, whole)]) : []),
		k.down && exportsPower() && sum.now[k.down] !== undefined && [word("export"), amount(sum.now[k.down], k.unit), cost("export")],
	];
}

// The cost of electricity with its standing charges; gas and water are separate.
function totalRows(view) {
	const { currency } = view.answer, costs = costsOf(view), of = ["import", "export", "fixed"].map((n) => costs[n]).filter((v) => v !== undefined);
	if (!state.kind.down || !of.length)
		return [];
	return [costs.fixed && [word("fixed"), "", money(costs.fixed, currency)],
		[word("total"), "", money(of.reduce((sum, v) => sum + v, 0), currency), "sum"]];
}

function dayFacts(view) {
	const highest = view.peaks?.highest, standby = view.standby?.w;
	return [highest && [word("highest"), power(highest.w), clock(local(highest.local_time))],
		standby !== undefined && [word("standby"), power(standby)]];
}

// The quarter of the month with the highest mean power.
function monthFacts({ peaks }) {
	const month = peaks?.month, from = month && local(month.local_start);
	return [month?.w > 0 && [word("highest_quarter"), power(month.w), `${dayMonth(from)}, ${clock(from)}`]];
}

function showFactsOf(view) {
	const sum = sumOf(view, state.kind.name), curve = isCurve();
	const until = later(state.kind, columnsOf(state.kind)[0][1]) > 0 ? localOf(state.last / 1000) : sum.now && local(sum.now.local_to);
	const head = !curve && sum.now && isRunning() ? element("h3", fill("until", { time: nameEnd(until) })) : "";
	const rows = [...sumRows(view, sum), ...(curve ? dayFacts(view) : [...totalRows(view), ...monthFacts(view)])];
	const year = view.last12?.sums.find((s) => s.medium === state.kind.name)?.[state.kind.up];
	show($("facts"), head, factList(rows), ...sentences(view, sum),
		year > 0 ? saysMuch("last_12", { much: amount(year, state.kind.unit) }) : "",
		element("p", word(curve ? "hint" : "hint_bars"), { class: "hint" }));
	$("chart").setAttribute("aria-label", [word(state.kind.name), nameSpan(), ...[sinceOf(view, sum)].filter(Boolean), ...[...$("facts").querySelectorAll("dl, .says")].map((e) => e.textContent)].join(". "));
}
