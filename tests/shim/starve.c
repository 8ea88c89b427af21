/*
 * Preloaded under tests: one allocation of the program fails. Counted are those
 * of the program itself, and of SQLite and libserialport on its behalf. Not
 * counted are those of iniparser 4.1 and librrd 1.7, which do not check the
 * result, and of glib, which ends the process by design: for that reason p1rrd
 * and p1graph are separate programs, and the settings are read first.
 *
 * P1_STARVE_AT is its number (1 is the first; 0 none); the file P1_STARVE_COUNT
 * gets the number of all. With P1_STARVE_ON all later ones fail as well.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void *__libc_malloc(size_t n);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t n);

enum { MOST = 8 };

static const char *const counted[] = { "libsqlite3.so", "libserialport.so" };
static struct {
	uintptr_t begin, end;
} code[MOST];
static int codes;
static atomic_long calls;
static long at;
static int on;

static int is_counted(const char *name)
{
	if (*name == '\0') /* the program itself */
		return 1;
	for (size_t i = 0; i < sizeof(counted) / sizeof(*counted); i++)
		if (strstr(name, counted[i]) != NULL)
			return 1;
	return 0;
}

static int add(struct dl_phdr_info *info, size_t size, void *ctx)
{
	(void)size, (void)ctx;
	if (!is_counted(info->dlpi_name))
		return 0;
	for (int i = 0; i < info->dlpi_phnum && codes < MOST; i++) {
		const ElfW(Phdr) *p = &info->dlpi_phdr[i];

		if (p->p_type != PT_LOAD || !(p->p_flags & PF_X))
			continue;
		code[codes].begin = info->dlpi_addr + p->p_vaddr;
		code[codes].end = code[codes].begin + p->p_memsz;
		codes++;
	}
	return 0;
}

__attribute__((constructor)) static void begin(void)
{
	const char *text = getenv("P1_STARVE_AT");

	on = getenv("P1_STARVE_ON") != NULL;
	if (text == NULL)
		return;
	at = strtol(text, NULL, 10);
	dl_iterate_phdr(add, NULL);
}

__attribute__((destructor)) static void end(void)
{
	const char *path = getenv("P1_STARVE_COUNT");
	char text[32];
	int fd, n;

	if (path == NULL)
		return;
	n = snprintf(text, sizeof(text), "%ld\n", atomic_load(&calls));
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (fd < 0 || write(fd, text, (size_t)n) != n)
		abort();
	close(fd);
}

static int starves(const void *caller)
{
	uintptr_t where = (uintptr_t)caller;
	long call;

	for (int i = 0; i < codes; i++) {
		if (where < code[i].begin || where >= code[i].end)
			continue;
		call = atomic_fetch_add(&calls, 1) + 1;
		if (at == 0 || (on ? call < at : call != at))
			return 0;
		errno = ENOMEM;
		return 1;
	}
	return 0;
}

void *malloc(size_t n)
{
	return starves(__builtin_return_address(0)) ? NULL : __libc_malloc(n);
}

void *calloc(size_t n, size_t size)
{
	return starves(__builtin_return_address(0)) ? NULL
						    : __libc_calloc(n, size);
}

void *realloc(void *p, size_t n)
{
	return starves(__builtin_return_address(0)) ? NULL
						    : __libc_realloc(p, n);
}
