// The value of the curve under the pointer: dygraphs finds the row. It is loaded when a
// person comes near a curve, so that the first view does not wait for it.

let library = null;

async function drawNear() {
	if (library || !state.view || !isCurve())
		return;
	library = element("script", "", { src: "dygraphs.js" });
	await new Promise((done) => {
		for (const type of ["load", "error"])
			library.addEventListener(type, done);
		document.head.append(library);
	});
	if (typeof Dygraph === "undefined")
		return;
	// Its own legend uses inline styles, which our policy forbids.
	Dygraph.PLUGINS = Dygraph.PLUGINS.filter((p) => p !== Dygraph.Plugins.Legend);
	if (charts.chart && isCurve())
		drawHistory();
}

// "14:35–14:40: 478 W to the grid"
function showNear(row) {
	const at = (ts) => nameTime(state.view.clock.at(ts)), way = row && word(row.w < 0 ? "to_grid" : "from_grid");
	$("near").textContent = row ? `${at(row.at)}${DASH}${at(row.end)}: ${power(Math.abs(row.w))} ${way}` : "";
}

// Like `plot`, for rows { at, end, w }.
function plotNear(id, rows, options) {
	if (typeof Dygraph === "undefined" || !rows.length)
		return plot(id, options);
	charts[id]?.destroy();
	charts[id] = new Dygraph($(id), rows.map((r) => [(r.at + r.end) / 2, r.w]), {
		labels: ["at", "w"], interactionModel: {}, showLabelsOnHighlight: false, highlightCircleSize: 0,
		gridLineColor: color("grid"), gridLineWidth: .6, axisLineColor: "transparent", rightGap: 14,
		highlightCallback: (e, x, points, i) => showNear(rows[i]), unhighlightCallback: () => showNear(null), ...options,
	});
}
