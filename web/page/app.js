
// The page: its language, what it asks again, and the controls.

const failed = new Map(); // to be retried
const RETRY = 5000;

function speak() {
	document.documentElement.lang = lang;
	for (const e of document.querySelectorAll("[data-word]"))
		e.textContent = word(e.dataset.word);
	for (const e of document.querySelectorAll("[data-label]"))
		e.setAttribute("aria-label", word(e.dataset.label));
}

async function showMeters() {
	const { meters } = await ask("api/v1/meters");
	const head = element("tr", "");
	head.append(...["meter", "number", "first", "latest"].map((w) => element("th", word(w), { scope: "col" })));
	const time = (s) => s === undefined ? "" : new Intl.DateTimeFormat(locale(), { dateStyle: "short", timeStyle: "short" }).format(new Date(1000 * s));
	$("meters").replaceChildren(head, ...meters.map((m) => {
		const line = element("tr", "");
		line.append(element("th", word(m.medium), { scope: "row" }), ...[printed(m.identifier ?? ""), time(m.first_ts), time(m.last_ts)].map((t) => element("td", t)));
		return line;
	}));
}

// What happened to a meter whose readings are all held, and what to do.
function heldNotice(h) {
	const at = (text) => date(new Date(text), { weekday: "short", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });
	const meter = [word(h.medium), printed(h.meter ?? "")].join(" ").trim(), fell = h.value < h.expected_min;
	const counter = (v) => `${number(v, 3)}${NO_BREAK}${h.unit === "m3" ? "m³" : h.unit}`;
	const title = element("b", fill("held_since", { meter, since: at(h.since) }));
	const why = h.expected_min === undefined ? ""
		: fill(fell ? "held_fell" : "held_rose", { from: counter(h.expected_min), to: counter(h.value) });
	const notice = element("p", "");
	notice.append(title, ` ${why} ${word("held_kept")} ${word(fell ? "held_reset" : "held_true")} `,
		element("code", `p1logger --quarantine accept ${h.accept}`));
	return notice;
}

// Replace the list only when it changes, so that a screen reader says it once.
async function showHeld() {
	const { held } = await ask("api/v1/held"), now = lang + JSON.stringify(held);
	$("held").hidden = held.length === 0;
	if (now !== state.held)
		$("held-list").replaceChildren(...held.map(heldNotice));
	state.held = now;
}

// Retry what failed, and show a message meanwhile.
async function quietly(what) {
	clearTimeout(failed.get(what));
	failed.delete(what);
	try {
		await what();
	} catch (e) {
		if (!(e instanceof Unanswered))
			throw e; // to the handler of unhandled rejections
		failed.set(what, setTimeout(() => quietly(what), Math.max(RETRY, e.after || 0)));
	} finally {
		showContact();
	}
}

function showAll() {
	speak();
	lineChart?.destroy();
	lineChart = null;
	if (state.reading)
		showNow(state.reading);
	drawLine();
	for (const what of [showToday, showHistory, showMeters, showHeld])
		quietly(what);
}

addEventListener("error", (e) => showBroken(e.error ?? e));
addEventListener("unhandledrejection", (e) => showBroken(e.reason));

$("periods").addEventListener("click", (e) => {
	if (!e.target.dataset.period)
		return;
	state.period = e.target.dataset.period;
	quietly(showHistory);
});
$("back").addEventListener("click", () => move(-1));
$("forth").addEventListener("click", () => move(1));
$("closer").addEventListener("click", () => zoom(.5));
$("farther").addEventListener("click", () => zoom(2));
$("whole").addEventListener("click", showWhole);
$("compare").addEventListener("change", () => {
	state.with = $("compare").value;
	quietly(showHistory);
});
$("what").addEventListener("change", () => {
	state.kind = KINDS.find((k) => k.name === $("what").value);
	quietly(showHistory);
});
$("language").addEventListener("change", () => {
	lang = $("language").value;
	try { localStorage.setItem("language", lang); } catch (e) { /* private mode */ }
	showAll();
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", showAll);

try { lang = localStorage.getItem("language") ?? ""; } catch (e) { lang = ""; }
if (!(lang in WORDS))
	lang = navigator.language.startsWith("nl") ? "nl" : "en";
$("language").value = lang;
showAll();
quietly(showNewest);
quietly(startLine);
listen();
setInterval(showContact, 1000);
// A period that is not over grows, unless a person looks at a part of it.
setInterval(() => {
	[showToday, showMeters, showHeld].forEach(quietly);
	if ($("forth").disabled && $("whole").disabled)
		quietly(showHistory);
}, 60000);
