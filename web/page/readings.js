// What the meters show now, or showed at any time, as bills ask for it.

// The name of a register: "From the grid low"; a meter with tariffs names them.
function registerName({ register, medium }) {
	const [, way, tariff] = /^(import|export)_(total|t\d)$/.exec(register) ?? [];
	if (!way)
		return word(medium);
	return tariff === "total" ? word(way) : `${word(way)} ${tariffName(Number(tariff.slice(1)))}`;
}

// The value of the newest reading, which is later than what is stored.
function liveValue(r) {
	const live = state.reading;
	if (state.at_reading || !live)
		return r.value;
	if (r.register !== "value")
		return printed(live.meter ?? "") === r.meter && live[r.register] > r.value ? live[r.register] : r.value;
	const m = (live.mbus ?? []).find((o) => o.medium === r.medium && printed(o.meter ?? "") === r.meter && o.channel === r.channel);
	return m?.value > r.value ? m.value : r.value;
}

const READING_DECIMALS = 3;
const unitOf = (unit) => unit === "m3" ? "m³" : unit;

// Beside an M-Bus meter's name: when it was read, or the readings around that time.
function readAt(r) {
	const at = (o) => moment(local(o.local_time));
	if (r.register !== "value" || !r.before)
		return r.obis ?? "";
	return r.exact || !r.after ? at(r.before) : `${at(r.before)} ${DASH} ${at(r.after)}`;
}

function registerRow(r) {
	const text = number(liveValue(r), READING_DECIMALS), point = text.search(/[.,]/);
	return element("tr", [
		element("th", [registerName(r), element("small", readAt(r))], { scope: "row" }),
		element("td", [text.slice(0, point), element("i", text.slice(point)), element("small", unitOf(r.unit))]),
	]);
}

// Hide registers that never counted, and those that no household pays for.
const shownRegisters = () => (state.docs.readings?.readings ?? []).filter((r) => /^(import|value)/.test(r.register) || (r.register.startsWith("export") && exportsPower()));

// How sure the electricity's values are: exact, between two readings, or the last.
function howSure(list) {
	const r = list.find((one) => one.medium === "electricity"), at = (o) => moment(local(o.local_time), seconds);
	if (!state.at_reading)
		return "";
	if (!list.length)
		return word("none_before");
	if (!r || r.exact || !r.before)
		return "";
	return r.after ? fill("between", { before: at(r.before), after: at(r.after) }) : fill("last_known", { before: at(r.before) });
}

function showRegisters() {
	const list = shownRegisters(), d = localNow();
	show($("readings"), list.map(registerRow));
	$("readings-sure").textContent = howSure(list);
	$("copy").disabled = !list.length;
	$("at").hidden = !list.length && !state.at_reading;
	$("to-now").hidden = !state.at_reading;
	const editing = [$("at-day"), $("at-time")].includes(document.activeElement);
	if (!state.at_reading && !editing) {
		$("at-day").value = iso(d);
		$("at-time").value = clock(state.last ? localOf(state.last / 1000) : d);
	}
}

// Ask for a local time with today's offset first, and, if the zone had another one
// then, again with the offset in the response.
async function askReadings(at) {
	const ts = at / 1000 - server.offset, first = await ask(`readings?at=${ts}`), off = (at - local(first.local_at)) / 1000;
	return off ? ask(`readings?at=${ts + off}`) : first;
}

async function showReadings() {
	const at = state.at_reading, found = at ? await askReadings(at) : await ask("readings");
	if (at === state.at_reading)
		state.docs.readings = found;
	showRegisters();
}

function chooseReadings() {
	const day = $("at-day").value, time = $("at-time").value;
	if (!day || !time)
		return;
	state.at_reading = local(`${day} ${time}`);
	quietly(showReadings);
}

function readNow() {
	state.at_reading = null;
	document.activeElement?.blur();
	quietly(showReadings);
}

async function copyReadings() {
	const at = state.at_reading ? state.docs.readings.local_at : `${iso(localNow())} ${clock(localOf(state.last / 1000))}`;
	const lines = shownRegisters().map((r) => `${registerName(r)}${r.obis ? ` ${r.obis}` : ""}\t${number(liveValue(r), READING_DECIMALS).replaceAll(NARROW, "")} ${unitOf(r.unit)}`);
	const text = [at, ...lines].join("\n");
	try {
		await navigator.clipboard.writeText(text);
	} catch (e) { // over plain http there is no clipboard
		const area = element("textarea", text, { class: "hidden", "aria-hidden": "true" });
		document.body.append(area);
		area.select();
		document.execCommand("copy");
		area.remove();
	}
	$("copy").textContent = $("spoken").textContent = word("copied");
	setTimeout(() => $("copy").textContent = word("copy"), 2000);
}
