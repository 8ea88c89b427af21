// The monthly peak of Belgium's tariffs, and the current quarter-hour.

function peakWhen(month) {
	const from = local(month.local_start), to = new Date(+from + 1000 * (month.end_ts - month.start_ts));
	return `${weekdayDate(from)}, ${clock(from)}${DASH}${clock(to)}`;
}

function peakBar(now, end, peak) {
	const most = 1.16 * Math.max(peak, end, 1), tick = Math.min(98.8, 100 * peak / most);
	return bars(10, ["rail", 0, 2, 100, 6], ["soft", 0, 2, 100 * end / most, 6], ["import", 0, 2, 100 * now / most, 6],
		["card", tick - .5, 0, 2.2, 10], ["tick", tick, 0, 1.2, 10]);
}

function quarterText({ w, projected_w, end_ts }) {
	const time = clock(localOf(end_ts)), inKw = (v) => `${number(v / 1000, 2)}${NO_BREAK}kW`;
	return fill(projected_w === undefined ? "quarter_short" : "quarter", { time, now: inKw(w), end: inKw(projected_w ?? 0) });
}

function showPeaks() {
	const { month, quarter, months = [], mean_w } = state.docs.peaks ?? {};
	const there = month !== undefined && (month.meter !== undefined || state.docs.prices?.tariff_names === "day_night");
	$("peak").hidden = !there;
	document.body.classList.toggle("with-peak", there);
	if (!there)
		return;
	const inKw = (w) => number(w / 1000, 2);
	$("peak-when").textContent = word("months_long")[local(month.local_start).getUTCMonth()];
	show($("peak-body"),
		element("div", [element("span", [inKw(month.w), element("small", "kW")], { class: "v" }), soft(peakWhen(month))], { class: "row" }),
		peakBar(quarter?.w ?? 0, quarter?.projected_w ?? 0, month.w),
		quarter ? element("p", quarterText(quarter), { class: "small" }) : "",
		mean_w === undefined ? "" : element("div", [soft(fill("mean_peaks", { n: months.length || 12 })), bold(`${inKw(mean_w)}${NO_BREAK}kW`)], { class: "row" }));
}
