# p1logger. `make help` lists the targets; SAN=1 adds the sanitizers.
PREFIX  ?= /usr/local
CFLAGS  ?= -O2 -g
WARN     = -Wall -Wextra -Wshadow -Wpointer-arith -Wstrict-prototypes \
           -Wmissing-prototypes -Wwrite-strings -Wformat=2 -Wconversion \
           $(if $(WERROR),-Werror)
B       ?= build$(if $(SAN),-san)
SANFLAGS = $(if $(SAN),-fsanitize=address -fsanitize=undefined \
           -fno-sanitize-recover=all -fno-omit-frame-pointer)
HARDEN   = $(if $(SAN),,-D_FORTIFY_SOURCE=2) -fstack-protector-strong -fPIC
VERSION := $(shell cat VERSION)
ALL_C    = -std=c11 -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE -I. -MMD -MP \
           -DVERSION='"$(VERSION)"' $(WARN) $(SANFLAGS) $(HARDEN)
ALL_LD   = $(SANFLAGS) -pie -Wl,-z,relro,-z,now $(LDFLAGS)

# One archive per room, lowest first. A program or a test links its own room
# and those below it; a call up the stairs does not link.
ROOMS        = base telegram storage rrd graphs logger sim
below_base     =
below_telegram = base
below_storage  = telegram base
below_rrd      = storage telegram base
below_graphs   = storage telegram base
below_logger   = storage telegram base
below_sim      = telegram base
libs_base      = -liniparser
libs_storage   = -lsqlite3
libs_rrd       = -lrrd
libs_graphs    = -lrrd
libs_logger    = -lserialport -lz

PROGRAMS = p1logger:logger p1graph:graphs p1rrd:rrd p1sim:sim

room  = $(word 2,$(subst :, ,$(1)))
prog  = $(word 1,$(subst :, ,$(1)))
stack = $(1) $(below_$(1))
lib   = $(foreach r,$(call stack,$(1)),$(B)/lib$(r).a)
libs  = $(sort $(foreach r,$(call stack,$(1)),$(libs_$(r))))
objs  = $(patsubst %.c,$(B)/%.o,$(filter-out %/main.c,$(wildcard $(1)/*.c)))

BINS  := $(foreach p,$(PROGRAMS),$(if $(wildcard $(call room,$(p))/main.c),$(B)/$(call prog,$(p))))
TESTS := $(patsubst %.c,$(B)/%,$(wildcard tests/*/test_*.c))

all: $(BINS)

define room_rules
$(B)/lib$(1).a: $(call objs,$(1))
	@rm -f $$@
	$$(AR) rcs $$@ $$^
$(B)/tests/$(1)/%: $(B)/tests/$(1)/%.o $(call lib,$(1))
	$$(CC) $$(ALL_LD) -o $$@ $$^ $(call libs,$(1)) -lcmocka -lm
# Linked alone, with the rooms below it only: what calls up the stairs fails.
$(B)/alone-$(1).so: $(call lib,$(1))
	$$(CC) $$(SANFLAGS) -shared -Wl,--no-undefined -o $$@ -Wl,--whole-archive $$< \
	  -Wl,--no-whole-archive $$(filter-out $$<,$$^) $(call libs,$(1)) -lm
endef
$(foreach r,$(ROOMS),$(eval $(call room_rules,$(r))))

define program_rules
$(B)/$(1): $(B)/$(2)/main.o $(call lib,$(2))
	$$(CC) $$(ALL_LD) -o $$@ $$^ $(call libs,$(2)) -lm
endef
$(foreach p,$(PROGRAMS),$(eval $(call program_rules,$(call prog,$(p)),$(call room,$(p)))))

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_C) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

clean:
	rm -rf build build-*

.PHONY: all clean
.SECONDARY:
-include $(shell find $(B) -name '*.d' 2>/dev/null)
