/*
 * Standard error that nobody reads, and descriptors that a new process lacks.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "base/process.h"
#include "tests/check.h"

/* Our own standard error, while `to` takes its place; end() restores it. */
static int saved;

static void begin(int to)
{
	saved = dup(STDERR_FILENO);
	dup2(to, STDERR_FILENO);
}

static void end(void)
{
	dup2(saved, STDERR_FILENO);
	close(saved);
}

static void fill(int fd)
{
	static const char much[4096];
	int flags = fcntl(fd, F_GETFL);

	fcntl(fd, F_SETFL, flags | O_NONBLOCK);
	while (write(fd, much, sizeof(much)) > 0)
		;
	fcntl(fd, F_SETFL, flags);
}

/*
 * Return everything that waits in fd, as a string, without the zeros of fill().
 */
static const char *drain(int fd)
{
	static char text[1 << 20];
	ssize_t n, at = 0;

	fcntl(fd, F_SETFL, O_NONBLOCK);
	while ((n = read(fd, text + at, sizeof(text) - 1 - (size_t)at)) > 0)
		at += n;
	fcntl(fd, F_SETFL, 0);
	text[at] = '\0';
	for (n = 0; n < at && text[n] == '\0'; n++)
		;
	return text + n;
}

static void lost_lines_are_counted(int write_end, int read_end)
{
	struct log log;

	begin(write_end);
	log_open(&log, "p1test", false, LOG_LEVEL_NOTICE);
	fill(write_end);
	for (int i = 0; i < 3; i++)
		log_line(&log, LOG_LEVEL_NOTICE, "nobody reads line %d", i);
	drain(read_end);
	log_line(&log, LOG_LEVEL_NOTICE, "heard");
	log_line(&log, LOG_LEVEL_NOTICE, "again");
	end();
	check_text("lines", drain(read_end),
		   "p1test: lost 3 lines: standard error was blocked\n"
		   "p1test: heard\np1test: again\n");
	check_int("its flags stay", fcntl(write_end, F_GETFL) & O_NONBLOCK, 0);
}

static void a_full_pipe_costs_lines_and_no_time(void **state)
{
	int ends[2];

	(void)state;
	check_int("pipe", pipe(ends), 0);
	alarm(20); /* a write that waits would end this test */
	lost_lines_are_counted(ends[1], ends[0]);
	alarm(0);
	close(ends[0]);
	close(ends[1]);
}

static void a_full_socket_too(void **state)
{
	int ends[2];

	(void)state;
	check_int("pair", socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends), 0);
	alarm(20);
	lost_lines_are_counted(ends[1], ends[0]);
	alarm(0);
	close(ends[0]);
	close(ends[1]);
}

static void only_the_journals_own_stream_gets_priorities(void **state)
{
	struct log log;
	char path[] = "/tmp/p1-stderr-XXXXXX";
	int fd = mkstemp(path);

	(void)state;
	begin(fd);
	setenv("JOURNAL_STREAM", "8:12345", 1);
	log_open(&log, "p1test", false, LOG_LEVEL_NOTICE);
	end();
	unsetenv("JOURNAL_STREAM");
	unlink(path);
	close(fd);
	check_int("another's", log.priorities, false);
}

/* Run `act` in a child process and return its wait status. */
static int in_child(int (*act)(void))
{
	pid_t pid = fork();
	int status = -1;

	if (pid == 0)
		_exit(act());
	waitpid(pid, &status, 0);
	return status;
}

static int open_without_descriptors(void)
{
	close(0);
	close(1);
	close(2);
	process_begin();
	if (open("/dev/zero", O_RDWR) != 3)
		return 1;
	return write(1, "x", 1) < 0 && errno == EBADF ? 0 : 2;
}

static void no_file_of_ours_becomes_standard_error(void **state)
{
	(void)state;
	check_int("status", in_child(open_without_descriptors), 0);
}

static int write_beyond_the_limit(void)
{
	struct rlimit none = { 0, RLIM_INFINITY };
	FILE *f = tmpfile();

	process_begin();
	setrlimit(RLIMIT_FSIZE, &none);
	return write(fileno(f), "x", 1) < 0 && errno == EFBIG ? 0 : 1;
}

static void a_file_that_is_too_large_is_an_error(void **state)
{
	(void)state;
	check_int("status", in_child(write_beyond_the_limit), 0);
}

static int meet_signals(void)
{
	static const int sent[] = { SIGPIPE, SIGUSR1, SIGUSR2,
				    SIGALRM, SIGPROF, SIGWINCH };

	process_serve();
	for (size_t i = 0; i < sizeof(sent) / sizeof(sent[0]); i++)
		raise(sent[i]);
	return 0;
}

static int meet_end(void)
{
	process_serve();
	raise(SIGTERM);
	return 0;
}

static void signals_do_no_harm_save_those_that_end(void **state)
{
	(void)state;
	check_int("harmless", in_child(meet_signals), 0);
	check_int("SIGTERM", WTERMSIG(in_child(meet_end)), SIGTERM);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_full_pipe_costs_lines_and_no_time),
		cmocka_unit_test(a_full_socket_too),
		cmocka_unit_test(only_the_journals_own_stream_gets_priorities),
		cmocka_unit_test(no_file_of_ours_becomes_standard_error),
		cmocka_unit_test(a_file_that_is_too_large_is_an_error),
		cmocka_unit_test(signals_do_no_harm_save_those_that_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
