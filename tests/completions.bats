#!/usr/bin/env bats
# bats file_tags=plain
# The completions of the shells know the options of the programs.
load helper

setup() {
	cd "$BATS_TEST_DIRNAME/.." || return
	share=packaging/share
}

@test "the completions are those that scripts/completions makes" {
	[ -x "$P1_BIN/p1web" ] || skip "p1web is not built"
	[ -x "$P1_BIN/p1pg" ] || skip "p1pg is not built"
	scripts/completions "$BATS_TEST_TMPDIR/made"
	for shell in bash-completion zsh fish; do
		diff -r "$BATS_TEST_TMPDIR/made/$shell" "$share/$shell"
	done
}

# Print what bash offers for the last word, which is still incomplete.
offered() { # PROGRAM WORD...
	bash -c '. "$1"; compopt() { :; }; shift
		COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)); "_$1"; printf "%s\n" "${COMPREPLY[@]}"' \
		offered "$share/bash-completion/completions/$1" "$@"
}

@test "bash offers options, words of an option, and files" {
	[ "$(offered p1logger --onc)" = --once ]
	[ "$(offered p1graph --theme d)" = dark ]
	[ "$(offered p1sim --dialect nl5)" = nl50 ]
	[ "$(offered p1sim --fault gasj)" = gasjump= ]
	[ "$(offered p1logger --config READ)" = README.md ]
	[ "$(offered p1logger --backup pack)" = packaging ]
	[ -z "$(offered p1logger --wait '')" ]
}

@test "zsh and fish accept their completions" {
	command -v zsh fish || skip "zsh or fish is not installed"
	for program in p1logger p1graph p1pg p1rrd p1web p1sim; do
		zsh -n "$share/zsh/site-functions/_$program"
	done
	fish=$share/fish/vendor_completions.d
	HOME=$BATS_TEST_TMPDIR fish --no-config -c "source $fish/p1logger.fish
		complete -C 'p1logger --onc'" | grep -- '^--once'
	HOME=$BATS_TEST_TMPDIR fish --no-config -c "source $fish/p1sim.fish
		complete -C 'p1sim --dialect nl5'" | grep '^nl50'
}
