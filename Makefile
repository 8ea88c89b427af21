# p1logger. `make help` lists the targets; SAN=1 adds the sanitizers.
PREFIX  ?= /usr/local
PKG_CONFIG ?= pkg-config
CFLAGS  ?= -O2 -g
WARN     = -Wall -Wextra -Wshadow -Wpointer-arith -Wstrict-prototypes \
           -Wmissing-prototypes -Wwrite-strings -Wformat=2 -Wconversion \
           $(if $(WERROR),-Werror)
B       ?= build$(if $(SAN),-san)
SANFLAGS = $(if $(SAN),-fsanitize=address -fsanitize=undefined \
           -fno-sanitize-recover=all -fno-omit-frame-pointer)
HARDEN   = $(if $(SAN),,-D_FORTIFY_SOURCE=2) -fstack-protector-strong -fPIC
VERSION := $(shell cat VERSION)

# Optional parts: libraries that pkg-config does not find are left out and listed.
# Programs load libcrypto and libmosquitto when needed; tests link libcrypto.
part = $(if $(shell $(PKG_CONFIG) --exists $(1) && echo yes),$(2),$(eval LEFT_OUT += $(3)))
libs_crypto   := $(call part,libcrypto,-lcrypto,encrypted telegrams (libssl-dev))
have_mqtt     := $(call part,libmosquitto,yes,MQTT (libmosquitto-dev))
have_cairo    := $(call part,cairo libpng,yes,hatching and text in charts (libcairo2-dev))
libs_web      := $(call part,libwebsockets,-lwebsockets -lz -pthread,p1web (libwebsockets-dev))
libs_fleet    := $(call part,libpq,$(shell $(PKG_CONFIG) --libs libpq),p1pg (libpq-dev))
DEFINES  = $(if $(libs_crypto),-DHAVE_OPENSSL) \
           $(if $(have_mqtt),-DHAVE_MOSQUITTO) $(if $(have_cairo),-DHAVE_CAIRO) \
           $(if $(libs_fleet),$(shell $(PKG_CONFIG) --cflags libpq))
untestable = $(if $(libs_web),,tests/web/test_%.c) $(if $(libs_fleet),,tests/fleet/test_%.c) $(if $(libs_crypto),,\
             tests/telegram/test_decipher.c tests/telegram/test_encrypted.c)

ALL_C    = -std=c11 -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE -I. -MMD -MP \
           -DVERSION='"$(VERSION)"' $(DEFINES) $(WARN) $(SANFLAGS) $(HARDEN)
# Tests start thousands of programs, and a program starts faster with a static
# sanitizer runtime at a fixed address.
LINK_SAN = -no-pie $(if $(findstring gcc,$(CC)),-static-libasan -static-libubsan)
ALL_LD   = $(SANFLAGS) $(if $(SAN),$(LINK_SAN),-pie) -Wl,-z,relro,-z,now,--as-needed $(LDFLAGS)

# One archive per room, lowest first; storage/ and logger/ contain several. A
# program or test links its own room and those below; a call to a higher room fails
# to link. Read-only programs link storage/history: they cannot write.
ROOMS = base telegram storage/db storage/history storage/judge storage/journal \
        storage/maintenance forward tariffs rrd graphs reports logger/port \
        logger/diagnose logger sim $(if $(libs_fleet),fleet) $(if $(libs_web),web)
reading = storage/history storage/db telegram base
writing = storage/maintenance storage/journal storage/judge $(reading)
below_base                =
below_telegram            = base
below_storage/db          = base
below_storage/history     = storage/db telegram base
below_storage/judge       = storage/db telegram base
below_storage/journal     = storage/judge $(reading)
below_storage/maintenance = storage/journal storage/judge $(reading)
below_forward             = telegram base
below_tariffs             = base
below_rrd                 = $(reading)
below_fleet               = $(reading)
below_graphs              = tariffs $(reading)
below_reports             = tariffs $(reading)
below_logger/port         = telegram base
below_logger/diagnose     = logger/port telegram base
below_logger              = logger/diagnose logger/port forward tariffs $(writing)
below_sim                 = telegram base
below_web                 = forward tariffs $(reading)
libs_base           = -liniparser
libs_storage/db     = -lsqlite3
libs_forward        = -lz -pthread
libs_rrd            = -lrrd
libs_graphs         = -lrrd $(if $(have_cairo),-lcairo -lpng)
libs_logger/port    = -lserialport -lz

PROGRAMS = p1logger:logger p1graph:graphs p1report:reports p1rrd:rrd p1sim:sim \
           $(if $(libs_fleet),p1pg:fleet) $(if $(libs_web),p1web:web)

room  = $(word 2,$(subst :, ,$(1)))
prog  = $(word 1,$(subst :, ,$(1)))
stack = $(1) $(below_$(1))
flat  = $(subst /,-,$(1))
lib   = $(foreach r,$(call stack,$(1)),$(B)/lib$(call flat,$(r)).a)
libs  = $(sort $(foreach r,$(call stack,$(1)),$(libs_$(r))))
painting = $(if $(have_cairo),,graphs/paint%.c)
objs  = $(patsubst %.c,$(B)/%.o,$(filter-out %/main.c $(painting),$(wildcard $(1)/*.c)))

BINS  := $(foreach p,$(PROGRAMS),$(if $(wildcard $(call room,$(p))/main.c),$(B)/$(call prog,$(p))))
# Sanitizer runs skip the tests of our own tools and those tagged "plain", which
# cause hundreds of faults, wait for minutes, start a browser, look at what the
# compiler made, or start hundreds of programs for what C tests show.
plain = $(if $(SAN),tests/sim/% tests/sim_% tests/soak_% \
        $(shell grep -l '^\# bats file_tags=plain$$' tests/*.bats))
tests_in = $(filter-out $(plain),$(wildcard $(1)))
TESTS := $(patsubst %.c,$(B)/%,$(filter-out $(untestable),\
         $(call tests_in,tests/*/test_*.c tests/*/*/test_*.c)))

all: $(BINS) ## build the programs, into build/
	@$(if $(LEFT_OUT),echo 'Built without: $(LEFT_OUT)')

# Preloaded by tests. shim: makes a pty a serial port for the real libserialport.
# record: logs a program's file operations. disk: fails. wrong_clock: changes the
# machine's time. pace: lets the test control the passing of time. no_sleep: no sleep.
PRELOADED = $(patsubst tests/shim/%.c,$(B)/tests/%.so,$(wildcard tests/shim/*.c))
tests: $(TESTS) $(PRELOADED) ## build the C tests

$(B)/tests/%.so: tests/shim/%.c
	@mkdir -p $(@D)
	$(CC) -std=c11 $(WARN) -O2 -fPIC -shared -o $@ $< -ldl

define room_rules
$(B)/lib$(call flat,$(1)).a: $(call objs,$(1))
	@rm -f $$@
	$$(AR) rcs $$@ $$^
# Link the room with those below it only: calls to higher rooms fail.
$(B)/alone-$(call flat,$(1)).so: $(call lib,$(1))
	$$(CC) $$(SANFLAGS) -shared -Wl,--no-undefined -o $$@ -Wl,--whole-archive $$< \
	  -Wl,--no-whole-archive $$(filter-out $$<,$$^) $(call libs,$(1)) -lm
endef
$(foreach r,$(ROOMS),$(eval $(call room_rules,$(r))))

# A room's tests link what the room links; tests of several rooms list theirs.
define test_rules
$(B)/tests/$(1)/%: $(B)/tests/$(1)/%.o $(2:%=$(B)/lib%.a)
	$$(CC) $$(ALL_LD) -o $$@ $$^ $(3) -lcmocka -lm
endef
of_room = $(call test_rules,$(1),$(call flat,$(call stack,$(1))),$(call libs,$(1)))
$(foreach r,$(filter-out fleet graphs reports telegram,$(ROOMS)),$(eval $(call of_room,$(r))))
$(eval $(call test_rules,telegram,telegram base,$(libs_base) $(libs_crypto)))
$(eval $(call test_rules,storage,$(call flat,$(writing)),$(call libs,storage/maintenance)))
$(eval $(call test_rules,graphs,$(call flat,graphs tariffs $(writing)),$(call libs,graphs)))
$(eval $(call test_rules,fleet,$(call flat,fleet $(writing)),$(libs_fleet) $(call libs,storage/maintenance)))
$(eval $(call test_rules,reports,$(call flat,reports tariffs $(writing)),$(call libs,reports)))

define program_rules
$(B)/$(1): $(B)/$(2)/main.o $(call lib,$(2))
	$$(CC) $$(ALL_LD) -o $$@ $$^ $(call libs,$(2)) -lm
endef
$(foreach p,$(PROGRAMS),$(eval $(call program_rules,$(call prog,$(p)),$(call room,$(p)))))

$(B)/%.o: %.c VERSION
	@mkdir -p $(@D)
	$(CC) $(ALL_C) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

# The files of the page are embedded in the program: its scripts as one, in this
# order, and its style, without comments and indentation.
SCRIPTS  = words words.en words.nl format times elements freshness now frame draw curve \
           today peaks readings period curve_pointer day bars selection legend_totals history \
           notices meters start
page     = $(B)/page/app.js $(B)/page/style.css
$(B)/page/app.js: $(SCRIPTS:%=web/page/%.js)
$(B)/page/style.css: web/page/style.css
$(page):
	@mkdir -p $(@D)
	sed -E 's/^[[:space:]]+//; /^\/\/( |$$)/d; /^\/\*[^*]*\*\/$$/d; /^$$/d' $^ >$@
$(B)/web/static_files.o: $(page) $(wildcard web/page/*)
$(B)/web/static_files.o: private CPPFLAGS += -DPAGE_BUILT='"$(B)/page/"'
$(B)/storage/db/schema.o: storage/db/schema.sql
$(B)/fleet/administer.o: $(wildcard fleet/*.sql)
$(B)/storage/journal/convert_schema_5_copy.o: storage/journal/convert_schema_5.sql

# Start the longest tests first, so that none is left over at the end.
FIRST = year_totals packages_systemd fleet_follow soak_ports port_losses discover_speed rrd_files graph_pictures
first = $(call tests_in,$(FIRST:%=tests/%.bats))

prove: all tests ## run every test, C and shell
	P1_BIN=$(abspath $(B)) CMOCKA_MESSAGE_OUTPUT=TAP BATS_TEST_TIMEOUT=900 \
	  LSAN_OPTIONS=suppressions=$(abspath tests/lsan.supp):print_suppressions=0 \
	  prove --failures --comments --timer -j6 $(first) $(TESTS) \
	  $(filter-out $(first),$(call tests_in,tests/*.bats))

year: all ## check every sum of a simulated year in steps of ten seconds; minutes
	P1_BIN=$(abspath $(B)) P1_YEAR_INTERVAL=10 bats tests/year_totals.bats

minute: all tests ## lock the database for a minute while the service reads
	P1_BIN=$(abspath $(B)) P1_HOLD_S=60 bats tests/concurrent_locks.bats

FUZZERS = reader ini_file dates
$(B)/fuzz_reader: $(call lib,telegram)
$(B)/fuzz_ini_file: $(call lib,base)
$(B)/fuzz_dates: $(B)/libsim.a $(B)/libgraphs.a $(call lib,logger)
$(B)/fuzz_%: $(B)/tests/fuzz/fuzz_%.o
	$(CC) $(ALL_LD) -fsanitize=fuzzer -o $@ $^ $(call libs,logger) $(call libs,graphs) -lm

FUZZ_SECONDS = 60
fuzz: all ## fuzz telegrams, settings and dates for FUZZ_SECONDS (60)
	$(MAKE) CC=clang SAN=1 B=build-fuzz CFLAGS='-O1 -g -fsanitize=fuzzer-no-link' \
	  $(FUZZERS:%=build-fuzz/fuzz_%)
	P1_BIN=$(abspath $(B)) scripts/fuzz build-fuzz $(FUZZ_SECONDS)

# An interrupted run continues where it stopped: its state is in build/soak.
SOAK = 3600
soak: all tests ## cut, kill, starve and fuzz for an hour (SOAK= seconds, ROWS= kinds)
	$(if $(findstring damage,$(or $(ROWS),damage)),$(MAKE) -s SAN=1 CC=gcc all)
	P1_BIN=$(abspath $(B)) python3 tests/soak/run.py $(B)/soak $(SOAK) \
	  $(if $(ROWS),--rows $(ROWS))

fleet-kills: all ## kill p1pg, its server and the network 200 times; 5 minutes
	P1_BIN=$(abspath $(B)) python3 tests/power/fleet_kill.py --kills 200

DAMAGE =
damage: all ## damage a database and check what all programs do; SAN=1
	P1_BIN=$(abspath $(B)) python3 tests/soak/damage.py $(DAMAGE)

analyze: ## analyze all paths with gcc and clang-tidy; docs/reliability.md lists gcc's false alarms
	$(MAKE) CC=gcc B=build-analyze CFLAGS='-O1 -g -fanalyzer -Wno-analyzer-too-complex' all
	P1_TIDY_DEPTH=deep scripts/test --no-install tidy

valgrind: all ## run all programs under valgrind: no invalid access, no leak
	P1_BIN=$(abspath $(B)) scripts/valgrind

cross: ## test telegram/ for arm64 and armhf under qemu (scripts/cross says what it needs)
	scripts/cross arm64 armhf

alone: $(foreach r,$(ROOMS),$(B)/alone-$(call flat,$(r)).so) ## link each room only with those below it

check: ## gcc and clang without warnings, all tests, also with sanitizers
	scripts/test --no-install gcc clang alone sanitizers tests

$(B)/bench_chain: $(B)/tests/bench/bench_chain.o $(call lib,storage/judge)
	$(CC) $(ALL_LD) -o $@ $^ $(call libs,storage/judge)

$(B)/bench_insert: $(B)/tests/bench/bench_insert.o
	$(CC) $(ALL_LD) -o $@ $^ -lsqlite3

$(B)/bench_parser: $(B)/tests/bench/bench_parser.o $(call lib,telegram)
	$(CC) $(ALL_LD) -o $@ $^ $(call libs,telegram)

$(B)/bench_peak: $(B)/tests/bench/bench_peak.o
	$(CC) $(ALL_LD) -o $@ $^

$(B)/bench_query: $(B)/tests/bench/bench_query.o
	$(CC) $(ALL_LD) -o $@ $^ -lsqlite3

$(B)/bench_reader: $(B)/tests/bench/bench_reader.o
	$(CC) $(ALL_LD) -o $@ $^ -lsqlite3

$(B)/bench_rrd: $(B)/tests/bench/bench_rrd.o
	$(CC) $(ALL_LD) -o $@ $^ -lsqlite3 -lrrd

$(B)/bench_thin: $(B)/tests/bench/bench_thin.o $(call lib,storage/journal)
	$(CC) $(ALL_LD) -o $@ $^ $(call libs,storage/journal)

BENCH = chain insert parser peak query reader rrd thin
bench: all $(BENCH:%=$(B)/bench_%) $(B)/tests/wrong_clock.so ## measure speed relative to plain tools in the same run
	P1_BIN=$(abspath $(B)) scripts/bench
	P1_BIN=$(abspath $(B)) scripts/bench_year
	P1_BIN=$(abspath $(B)) scripts/bench_service

accessibility: all $(PRELOADED) ## have axe-core (from npm) look at the page in each of its states
	P1_BIN=$(abspath $(B)) scripts/accessibility

grafana: ## check the dashboard against Grafana's schema (from npm)
	scripts/grafana

load: all ## test p1web with 1000 clients, and with 20 expensive ones; 4 minutes
	P1_BIN=$(abspath $(B)) scripts/load
	P1_BIN=$(abspath $(B)) scripts/load_expensive

# packaging/lib and share mirror the installed tree; @bindir@ is replaced.
bindir = $(PREFIX)/bin
docdir = $(PREFIX)/share/doc/p1logger
MANS  := $(wildcard docs/man/*.[1-8])
# Installed in the same layout, so that links between them work.
DOCS  := README.md CHANGELOG.md CONTRIBUTING.md LICENSE \
         $(wildcard docs/*.md docs/*.png docs/*.json docs/man/*.md)
no_web = $(if $(libs_web),,%/p1logger-web.service %/web.conf %/p1logger-web.conf \
         %/grafana-dashboard.json %/p1web %/_p1web %/p1web.fish)
no_fleet = $(if $(libs_fleet),,%/p1logger-fleet.service %/p1logger-fleet.timer %/server.conf \
         %/p1pg %/_p1pg %/p1pg.fish %/coordinator.sql)
FILES := $(filter-out $(no_web) $(no_fleet),$(patsubst packaging/%,%,$(shell find -L packaging/lib packaging/share -type f))) \
         $(foreach m,$(MANS),share/man/man$(subst .,,$(suffix $(m)))/$(notdir $(m)))

install: all ## install below DESTDIR and PREFIX; an existing ini file is kept
	install -d $(DESTDIR)/etc $(DESTDIR)$(bindir) $(DESTDIR)$(docdir)
	install -m 755 $(BINS) $(DESTDIR)$(bindir)
	install -m 644 packaging/p1logger.cron $(DESTDIR)$(docdir)
	set -e; for f in $(DOCS); do \
	  install -D -m 644 $$f $(DESTDIR)$(docdir)/$$f; done
	test -e $(DESTDIR)/etc/p1logger.ini || \
	  install -m 644 p1logger.ini $(DESTDIR)/etc
	set -e; for f in $(FILES); do to=$(DESTDIR)$(PREFIX)/$$f; \
	  from=packaging/$$f; test -e $$from || from=docs/man/$${f##*/}; \
	  install -d $${to%/*}; sed 's|@bindir@|$(bindir)|' $$from >$$to; \
	  chmod 644 $$to; done

uninstall: ## remove what install created; settings and data stay
	rm -f $(BINS:$(B)/%=$(DESTDIR)$(bindir)/%) $(FILES:%=$(DESTDIR)$(PREFIX)/%)
	rm -rf $(DESTDIR)$(docdir)

packages: ## build the Debian packages into dist/, for PACKAGES= such as trixie/arm64; as root
	scripts/debian_packages $(PACKAGES)

manuals: $(MANS:%=%.md) ## make the manuals' Markdown, for the forge (mandoc)
docs/man/%.md: docs/man/%
	scripts/manual_markdown $< >$@

completions: all ## make the shells' completions from --help
	P1_BIN=$(B) scripts/completions packaging/share

format: ## format the sources by .clang-format (clang-format 14)
	git ls-files '*.[ch]' | xargs clang-format -i

rooms: # for scripts/test
	@echo $(ROOMS)

flags: # compiler flags for the linters
	@echo $(filter-out -MMD -MP,$(ALL_C))

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 12

clean: ## remove all build results
	rm -rf build build-* dist

.PHONY: all manuals packages completions tests prove year soak fleet-kills damage minute fuzz cross alone check bench load accessibility grafana format install uninstall rooms flags help clean
.SECONDARY:
-include $(shell find $(B) -name '*.d' 2>/dev/null)
