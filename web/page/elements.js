// Elements of the page, requests to p1web, and what all files share.

const $ = (id) => document.getElementById(id);

// The media: column, unit, and the column drawn below the zero line.
const KINDS = [
	{ name: "electricity", up: "import_kwh", down: "export_kwh", unit: "kWh", picture: "" },
	{ name: "gas", up: "gas_m3", unit: "m³", picture: "gas-" },
	{ name: "water", up: "water_m3", unit: "m³", picture: "water-" },
	{ name: "warm_water", up: "warm_water_m3", unit: "m³", picture: "warm-water-" },
	{ name: "heat", up: "heat_gj", unit: "GJ", picture: "heat-" },
	{ name: "cold", up: "cold_gj", unit: "GJ", picture: "cold-" },
];

// The columns of a medium with their names: both directions of electricity.
const columnsOf = (k) => k.down ? [[k.up, "import"], [k.down, "export"]] : [[k.up, k.name]];

// `docs` are p1web's newest documents of now and today, by their path.
const state = {
	docs: {}, period: "day", at: null, kind: KINDS[0], with: {}, form: "curve", selection: null,
	line: [], last: 0, heard: 0, interval: 10, down: false, retry: 0, asked: 0,
};

const WALL = new URLSearchParams(location.search).get("view") === "wall";
const color = (name) => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
const small = () => innerWidth < 700;

function element(tag, content = "", attributes = {}) {
	const e = document.createElement(tag);
	e.append(...[content].flat().filter((c) => c !== ""));
	for (const [k, v] of Object.entries(attributes))
		e.setAttribute(k, v);
	return e;
}

const bold = (text) => element("b", text);
const soft = (text) => element("span", text, { class: "small soft" });

// A drawing of rectangles in a width of 100: [class, x, y, width, height].
function bars(height, ...list) {
	const SVG = "http://www.w3.org/2000/svg", drawing = document.createElementNS(SVG, "svg");
	const set = (e, values) => Object.entries(values).forEach(([k, v]) => e.setAttribute(k, v));
	set(drawing, { viewBox: `0 0 100 ${height}`, preserveAspectRatio: "none", height, "aria-hidden": "true" });
	for (const [name, x, y, width, high] of list) {
		const r = document.createElementNS(SVG, "rect");
		set(r, { class: "f-" + name, x, y, width: Math.max(0, Math.min(100 - x, width)), height: high });
		drawing.append(r);
	}
	return drawing;
}

// Replace the content only if it changes: a screen reader stays where it is.
function show(e, ...content) {
	const fresh = document.createElement("div");
	fresh.append(...content.flat().filter((c) => c !== "" && c !== undefined));
	if (fresh.innerHTML !== e.innerHTML)
		e.replaceChildren(...fresh.childNodes);
}

// p1web did not answer, or cannot now: ask again.
class Unanswered extends Error {}

async function ask(path) {
	let answer = null;
	try {
		answer = await fetch("api/v1/" + path);
		if (answer.ok)
			return await answer.json();
	} catch (e) {
		throw new Unanswered(`${path}: ${e.message}`);
	}
	const { error } = await answer.json().catch(() => ({}));
	throw Object.assign(new Unanswered(`${path}: ${answer.status}`), { refused: true, said: error, after: 1000 * answer.headers.get("Retry-After") });
}

// Retry requests that were not answered, and say so meanwhile.
const failed = new Map(), RETRY = 5000;

async function quietly(what) {
	clearTimeout(failed.get(what)?.timer);
	failed.delete(what);
	try {
		await what();
	} catch (e) {
		if (!(e instanceof Unanswered))
			throw e; // to the handler of unhandled rejections
		const pause = Math.max(RETRY, e.after || 0);
		failed.set(what, { timer: setTimeout(() => quietly(what), pause), at: Date.now() + pause, refused: e.refused });
	} finally {
		showContact();
	}
}

// Report a mistake in the page itself: the connection is not to blame.
function showBroken(e) {
	$("broken").hidden = false;
	$("broken-what").textContent = e.message ?? String(e);
}

// An identifier is usually hexadecimal for the text printed on the meter.
function printed(hex) {
	const text = /^([0-9A-F]{2})+$/i.test(hex) ? hex.replace(/../g, (h) => String.fromCharCode(parseInt(h, 16))) : "";
	return /^[!-~]+$/.test(text) ? text : hex;
}

// What the tariffs of electricity are called; Belgium's T1 is the day's.
function tariffName(t, prefix = "tariff_") {
	const names = state.docs.prices?.tariff_names === "day_night" ? ["day", "night"] : ["low", "normal"];
	return t > 2 ? `T${t}` : word(prefix + names[t - 1]);
}

// The tariff whose name means the low one; it is drawn lighter, at the bottom.
const lowTariff = () => state.docs.prices?.tariff_names === "day_night" ? 2 : 1;
