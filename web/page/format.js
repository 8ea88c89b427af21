"use strict";
// What the other files use: words, numbers, dates, elements, questions to p1web.
const $ = (id) => document.getElementById(id);
const HOUR = 3600, NARROW = "\u202f", NO_BREAK = "\u00a0", MINUS = "\u2212", DASH = "\u2013";

// The charts: column, unit, and the column drawn below the zero line.
const KINDS = [
	{ name: "electricity", up: "import_kwh", down: "export_kwh", unit: "kWh", picture: "" },
	{ name: "gas", up: "gas_m3", unit: "m³", picture: "gas-" },
	{ name: "water", up: "water_m3", unit: "m³", picture: "water-" },
	{ name: "warm_water", up: "warm_water_m3", unit: "m³", picture: "warm-water-" },
	{ name: "heat", up: "heat_gj", unit: "GJ", picture: "heat-" },
	{ name: "cold", up: "cold_gj", unit: "GJ", picture: "cold-" },
];

// The columns of a chart with the words for them: both directions of electricity.
const columnsOf = (k) => k.down ? [[k.up, "import"], [k.down, "export"]] : [[k.up, k.name]];

const state = {
	period: "day", at: new Date(), kind: KINDS[0], with: "before",
	line: [], last: 0, heard: 0, interval: 10, down: false, asked: 0,
};
let lang = "en";

const word = (w) => WORDS[lang][w] ?? w;
const fill = (w, values) => word(w).replace(/{(\w+)}/g, (all, name) => values[name]);
const locale = () => lang === "en" ? "en-GB" : lang; // day before month, 24-hour clock

function number(v, digits) {
	const text = new Intl.NumberFormat(locale(), { minimumFractionDigits: digits, maximumFractionDigits: digits,
		useGrouping: false }).format(Math.abs(v));
	const [whole, part] = text.split(/[.,]/);
	const grouped = whole.replace(/\B(?=(\d{3})+$)/g, NARROW);
	return (v < 0 && /[1-9]/.test(text) ? MINUS : "") + grouped + (part ? text[whole.length] + part : "");
}

// Decimals of an amount of energy, gas, water or heat.
const decimals = (v) => Math.abs(v) < 9.995 ? 2 : Math.abs(v) < 999.95 ? 1 : 0;
const amount = (v, unit) => number(v, decimals(v)) + NO_BREAK + unit;
const money = (v, currency) => (v < 0 ? MINUS : "") + new Intl.NumberFormat(locale(), { style: "currency", currency }).format(Math.abs(v));
const color = (name) => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
const iso = (d) => `${d.getFullYear()}-${String(d.getMonth() + 1).padStart(2, "0")}-${String(d.getDate()).padStart(2, "0")}`;
const date = (d, options) => new Intl.DateTimeFormat(locale(), options).format(d);
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

// The server's local time, "2026-03-10 12:36:10", whatever the browser's zone.
function local(text) {
	const [y, m, d, h, min, s] = text.split(/[- :]/).map(Number);
	return new Date(y, m - 1, d, h, min, s);
}

const clock = (d) => date(d, { hour: "2-digit", minute: "2-digit" });
const dayMonth = (d) => date(d, { day: "numeric", month: "short" });

function element(tag, text, attributes = {}) {
	const e = document.createElement(tag);
	e.textContent = text;
	for (const [k, v] of Object.entries(attributes))
		e.setAttribute(k, v);
	return e;
}

// p1web did not answer, or not now: to be asked again.
class Unanswered extends Error {}

async function ask(path) {
	let answer = null;
	try {
		answer = await fetch(path);
		if (answer.ok)
			return await answer.json();
	} catch (e) {
		throw new Unanswered(`${path}: ${e.message}`);
	}
	throw Object.assign(new Unanswered(`${path}: ${answer.status}`), { after: 1000 * answer.headers.get("Retry-After") });
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
