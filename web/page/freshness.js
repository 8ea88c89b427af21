// Where the shown power comes from: a meter that is heard, late or silent, or a
// server that does not answer.

// A value is stale after three intervals of the meter, and no value any more after
// ten, or a minute if that is longer.
function lateness() {
	const s = (Date.now() - state.heard) / 1000;
	if (!state.last)
		return "none";
	return s > Math.max(60, 10 * state.interval) ? "silent" : s > 3 * state.interval ? "stale" : "live";
}

function nameContact(how) {
	const stored = Math.max(0, ...(state.docs.meters?.meters ?? []).map((m) => m.last_ts));
	const age = nameAge(Math.max(0, Math.round((Date.now() - state.heard) / 1000)));
	return {
		none: () => stored ? fill("old", { age: nameAge(Math.max(0, Math.round(nowMs() / 1000 - stored))) }) : word("none"),
		live: () => WALL ? clock(localNow()) : fill(state.intervals ? "live" : "old", { age }),
		stale: () => fill("stale", { age, every: nameAge(Math.round(state.interval)) }),
		silent: () => fill("silent", { time: moment(localOf(state.last / 1000), seconds) }),
	}[how]();
}

// "Trying again in 8 s.": the next attempt.
function nameLost() {
	const times = [...failed.values()].map((f) => f.at).concat(state.down ? state.retry : []);
	const s = Math.ceil((Math.min(...times) - Date.now()) / 1000);
	return s > 0 ? fill("lost", { s }) : word("retrying");
}

function showContact() {
	const how = lateness(), shown = state.down && how === "live" ? "lost" : how;
	state.lost = state.down || [...failed.values()].some((f) => !f.refused);
	if (state.reading && shown !== state.shown) {
		showPower();
		drawLine();
	}
	for (const name of ["live", "stale", "silent", "lost", "none"])
		document.body.classList.toggle(name, name === shown);
	$("contact").classList.toggle("warn", state.lost || how === "stale" || how === "silent");
	$("age").textContent = state.lost ? nameLost() : nameContact(how);
	// Announce losses and returns to screen readers, not each second.
	const spoken = state.lost ? "retrying" : how === "silent" ? "silent" : "";
	if (state.spoken !== undefined && state.spoken !== spoken)
		$("spoken").textContent = state.lost ? word("retrying") : spoken ? nameContact(how) : word("back_again");
	state.spoken = spoken;
}
