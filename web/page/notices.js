// Notices and what to do about them: meters whose readings are held, and times
// without readings.

const counter = (v, unit) => `${number(v, 3)}${NO_BREAK}${unit === "m3" ? "m³" : unit}`;
const notice = (title, ...text) => element("details", [element("summary", title), element("p", text)], { class: "notice" });

// "yesterday 14:05"
function since(d) {
	const yesterday = iso(d) === iso(dayOf(localNow(), -1));
	return isToday(d) ? clock(d) : `${yesterday ? word("yesterday") : weekdayDate(d)} ${clock(d)}`;
}

// All readings of a meter are held: its counter fell, or rose too much.
function heldNotice(h) {
	const meter = [word(h.medium), printed(h.meter ?? "")].join(" ").trim(), fell = h.value < h.expected_min;
	const why = h.expected_min === undefined ? ""
		: `${fill(fell ? "held_fell" : "held_rose", { from: counter(h.expected_min, h.unit), to: counter(h.value, h.unit) })} `;
	return notice(fill("held_title", { meter, since: since(localOf(Date.parse(h.since) / 1000)) }), why, `${word("held_kept")} ${word(fell ? "held_reset" : "held_true")} `,
		element("code", `p1logger --quarantine accept ${h.accept}`));
}

function gapNotice(g) {
	const kind = KINDS.find((k) => k.name === g.medium), what = word(`what_${g.medium}`), from = local(g.local_start);
	if (g.open)
		return notice(fill("gap_open_title", { what, time: since(from) }), `${word("gap_open_do")} `, element("code", "journalctl -u p1logger -n 20"));
	const amounts = columnsOf(kind).filter(([c]) => g[c] > 0).map(([c, n]) => `${amount(g[c], kind.unit)}${kind.down ? ` ${word(`what_${n}`)}` : ""}`);
	const when = isToday(from) ? `${word("today")} ${gapTimes(g, false)}` : gapTimes(g, true);
	return notice(fill("gap_title", { when, what }), amounts.length ? `${fill("gap_counted", { amount: amounts.join(", ") })} ` : "", word("gap_do"));
}

// Gaps are news for a day.
const recent = (g) => g.open || nowMs() / 1000 - g.end_ts < DAY;

function showNotices() {
	const held = state.docs.held?.held ?? [], isHeld = (g) => g.open && held.some((h) => h.medium === g.medium);
	const gaps = (state.docs.gaps?.rows ?? []).filter((g) => recent(g) && !isHeld(g));
	const list = [...held.map(heldNotice), ...gaps.map(gapNotice)], key = lang + list.map((e) => e.textContent).join();
	$("notices").hidden = $("notice-link").hidden = !list.length;
	$("notice-link").textContent = list.length === 1 ? word("one_notice") : fill("n_notices", { n: list.length });
	if (key !== state.notices)
		$("notice-list").replaceChildren(...list);
	state.notices = key;
}
