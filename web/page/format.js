// Texts, numbers, amounts and money in the language of the page.

const NARROW = "\u202f", NO_BREAK = "\u00a0", MINUS = "\u2212", DASH = "\u2013";
let lang = "en";

const word = (w) => WORDS[lang][w] ?? w;
const fill = (w, values) => word(w).replace(/{(\w+)}/g, (all, name) => values[name]);
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

// Formats are slow to make, and few.
const formats = new Map();

function formatOf(digits) {
	const locale = word("locale"), key = locale + digits;
	if (!formats.has(key))
		formats.set(key, new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false }));
	return formats.get(key);
}

// "1 234.5": thousands by a narrow space, a real minus.
function number(v, digits) {
	const text = formatOf(digits).format(Math.abs(v));
	const [whole, part] = text.split(/[.,]/);
	const grouped = whole.replace(/\B(?=(\d{3})+$)/g, NARROW);
	return (v < 0 && /[1-9]/.test(text) ? MINUS : "") + grouped + (part ? text[whole.length] + part : "");
}

// Decimals of an amount of energy, gas, water or heat; parts have those of their sum.
const decimals = (v) => Math.abs(v) < 9.995 ? 2 : Math.abs(v) < 999.95 ? 1 : 0;
const amount = (v, unit, whole = v) => number(v, decimals(whole)) + NO_BREAK + unit;

// Power of a chart or a fact, in W: only the live number is always in W.
const power = (w) => Math.abs(w) < 999.5 ? `${number(w, 0)}${NO_BREAK}W` : `${number(w / 1000, 2)}${NO_BREAK}kW`;

function money(v, currency) {
	const pattern = new Intl.NumberFormat(word("locale"), { style: "currency", currency }).format(1);
	const text = number(Math.abs(v), Math.abs(v) < 999.995 ? 2 : 0);
	return (v < 0 && /[1-9]/.test(text) ? MINUS : "") + pattern.replace(/1([.,]0+)?/, text);
}

// "11 % more": whole percent as text; less than half a percent counts as the same.
function much(a, b) {
	const percent = b > 0 ? Math.round(100 * Math.abs(a / b - 1)) : Infinity;
	if (a === b || percent < 1)
		return word("same");
	if (percent > 999)
		return word("much_more");
	return fill(a > b ? "more" : "less", { n: percent }).replace(" ", NO_BREAK);
}

const isSame = (a, b) => much(a, b) === word("same");
// "11 % more than 5.13"
const muchThan = (a, b, other) => isSame(a, b) ? fill("same_as", { other }) : fill("than", { much: much(a, b), other });

const nameAge = (s) => s < 120 ? `${s} s` : s < 7200 ? `${Math.round(s / 60)} min` : s < 172800 ? `${Math.round(s / 3600)} h` : `${Math.round(s / 86400)} d`;
