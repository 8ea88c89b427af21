// The history: the period and medium shown, and the requests for them.

function buttons(id, list, chosen, choose) {
	const fresh = list.map(([name, text]) => element("button", text, { type: "button", "data-name": name, "aria-pressed": String(name === chosen) }));
	if (fresh.map((b) => b.outerHTML).join("") === $(id).innerHTML)
		return;
	const focused = $(id).contains(document.activeElement) ? document.activeElement.dataset.name : "";
	$(id).replaceChildren(...fresh);
	fresh.forEach((b) => b.addEventListener("click", () => choose(b.dataset.name)));
	fresh.find((b) => b.dataset.name === focused)?.focus();
}

// The media of the house: those of its meters, and those in the period's rows.
function kindsKnown() {
	const meters = state.docs.meters?.meters ?? [];
	return KINDS.filter((k) => k === state.kind || meters.some((m) => m.medium === k.name));
}

function showControls() {
	const { list, chosen } = otherNow(), kinds = kindsKnown(), names = (l) => l.map((n) => [n, word(n)]);
	buttons("periods", names(["day", "week", "month", "year"]), state.period, (name) => { state.period = name; changePeriod(); });
	buttons("kinds", names(kinds.map((k) => k.name)), state.kind.name, (name) => { state.kind = KINDS.find((k) => k.name === name); changePeriod(); });
	buttons("forms", names(["curve", "bars"]), state.form, (name) => { state.form = name; changePeriod(); });
	$("kinds").hidden = kinds.length < 2;
	$("forms").hidden = state.period !== "day" || state.kind !== KINDS[0];
	$("span").textContent = nameSpan();
	$("forth").disabled = $("span").disabled = isRunning();
	$("back").disabled = !state.view || range()[0] <= firstDay();
	show($("compare"), list.map((other) => element("option", nameOther(other), { value: other })));
	$("compare").value = chosen;
}

// The local day of the very first reading.
function firstDay() {
	const first = Math.min(...(state.docs.meters?.meters ?? []).map((m) => m.first_ts));
	return Number.isFinite(first) ? dayOf(localOf(first)) : new Date(0);
}

// What today needs is in the first document already.
async function askPeriod() {
	const { chosen } = otherNow(), [from, to] = range(), date = iso(from), curve = isCurve();
	const found = { other: chosen, name: nameOther(chosen) }, docs = state.docs;
	const page = state.period === "day" && isToday(from) && docs.comparison?.with === chosen;
	found.answer = page ? docs.comparison : await ask(`comparison?period=${state.period}&date=${date}&with=${chosen}`);
	const { now, before } = found.answer, questions = {
		gaps: () => ask(`gaps?from=${now.start_ts}&to=${now.end_ts}`),
		...(curve ? {
			power: () => ask(`power?from=${now.start_ts}&to=${now.end_ts}&step=${STEP}`),
			peaks: () => ask(`peaks?date=${date}`), standby: () => ask(`standby?date=${date}`),
		} : {}),
		...(state.period === "month" && state.kind.down ? { peaks: () => ask(`peaks?date=${date}`) } : {}),
		...(curve && chosen === "usual" ? { usual: () => ask(`usual?date=${date}`) } : {}),
		...(curve && before && chosen !== "usual" ? { otherPower: () => ask(`power?from=${before.start_ts}&to=${before.end_ts}&step=900`) } : {}),
		...(state.period === "year" && to > localNow() ? { last12: () => ask(`selection?from=${yearAgo()}&to=${Math.floor(nowMs() / 1000)}`) } : {}),
	};
	await Promise.all(Object.entries(questions).map(async ([name, question]) => found[name] = (page ? docs[name] : undefined) ?? await question()));
	return found;
}

function yearAgo() {
	const d = localNow();
	return Math.floor(Date.UTC(d.getUTCFullYear() - 1, d.getUTCMonth(), d.getUTCDate(), d.getUTCHours()) / 1000) - server.offset;
}

// The first known bar of the other period, if it is not the first one.
function startIn(found, slots) {
	const sum = found.answer.sums.find((s) => s.medium === state.kind.name) ?? {}, words = sinceOf(found, sum);
	const slot = slots.findIndex((s) => s.before && s.before.end_ts > sum.before?.from_ts);
	return words && slot > 0 ? { slot, words } : null;
}

async function showHistory() {
	const asked = ++state.asked;
	showControls();
	const found = await askPeriod();
	if (asked !== state.asked)
		return;
	found.gaps = found.gaps.rows.filter((g) => g.medium === state.kind.name);
	found.power = found.power?.rows ?? [];
	found.otherPower = found.otherPower?.rows;
	found.slots = slotsOf(found.answer, found.gaps);
	found.clock = state.period === "day" ? dayClock(found.answer) : null;
	state.view = found;
	drawHistory();
}

// p1web has nothing to show yet; `said` is why.
function showEmpty(said) {
	state.said = said;
	showControls();
	$("chart").hidden = $("table").hidden = true;
	$("nothing").hidden = false;
	$("history").classList.add("empty");
	showNothing();
}

// Why there is nothing to draw: the first part of the name of a text.
function whyNothing(first) {
	if (state.said && !state.said.includes(ABSENT))
		return "unreadable";
	if (!Number.isFinite(first))
		return state.last ? "first" : "no_reading";
	return nowMs() / 1000 - first < DAY && isRunning() ? "first" : "nothing";
}

// What p1web says before p1logger has made the database.
const ABSENT = "it is not there";

function showNothing() {
	const first = Math.min(...(state.docs.meters?.meters ?? []).map((m) => m.first_ts)), why = whyNothing(first);
	const text = fill(`${why}_text`, { date: Number.isFinite(first) ? dateOf(localOf(first)) : "" });
	show($("nothing"), element("b", word(`${why}_head`)), element("span", text), why === "unreadable" ? element("span", state.said, { lang: "en" }) : "");
}

function drawHistory() {
	const { slots, answer, other, power } = state.view, known = isCurve() ? power.length > 0 : slots.some((s) => s.now?.[state.kind.up] !== undefined);
	const named = other !== "nothing" && (answer.before?.rows.length || other === "usual") ? state.view.name : "";
	showControls();
	$("nothing").hidden = known;
	$("chart").hidden = !known;
	$("history").classList.toggle("empty", !known);
	$("table").hidden = !known;
	if (!known) {
		showNothing();
		legend([]);
		clear("chart");
		return;
	}
	if (isCurve())
		curveLegend(state.view);
	else
		barLegend(state.view, named);
	showPicture(false);
	try {
		drawChart(slots, named);
	} catch (e) {
		showPicture(true);
		throw e;
	} finally {
		showFactsOf(state.view);
		showTable(slots, named);
	}
}

function drawChart(slots, named) {
	if (isCurve())
		drawDay(state.view);
	else
		drawBars(slots, named, startIn(state.view, slots));
	if (isCurve())
		curveLegend(state.view);
	showSelection(null);
	if (state.selection)
		quietly(measure);
}

// If the chart cannot be drawn, show p1graph's.
function showPicture(is) {
	$("picture").hidden = !is;
	if (!is)
		return;
	$("chart").hidden = true;
	legend([]);
	const when = iso(range()[0]).slice(0, { month: 7, year: 4 }[state.period]);
	$("picture").src = `graph/${state.kind.picture}${state.period}.png?date=${when}&theme=${themeNow()}&language=${lang}`
		+ `${small() ? "&size=450x200" : ""}${devicePixelRatio > 1 ? "&scale=2" : ""}`;
	$("picture").alt = `${word(state.kind.name)}, ${nameSpan()}`;
}

function changePeriod() {
	select(null);
	quietly(showHistory);
}

function move(by) {
	const [from, to] = range(by), now = localNow();
	state.at = from <= now && now < to ? null : from;
	changePeriod();
}

// The chart's numbers as a table.
function showTable(slots, other) {
	const k = state.kind, columns = columnsOf(k).filter(([c]) => c !== k.down || exportsPower());
	const all = ["now", ...(other ? ["before"] : [])].flatMap((of) => columns.map(([c, n]) => [of, c, word(n)]));
	const head = element("tr", [element("th", word("time"), { scope: "col" }),
		...all.map(([of, , n]) => element("th", `${of === "now" ? n : fill("of_period", { what: n, period: other })} (${k.unit})`, { scope: "col" }))]);
	const lines = slots.filter((s) => s.now || (other && s.before)).map((s) => element("tr", [element("th", s.long, { scope: "row" }),
		...all.map(([of, c]) => element("td", s[of]?.[c] === undefined ? DASH : number(s[of][c], 3)))]));
	$("rows").dataset.period = state.period;
	$("rows").replaceChildren(head, ...lines);
}
