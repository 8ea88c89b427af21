#include "web/metrics_memory.h"

#include <stdlib.h>

void metrics_memory_forget(struct metrics_memory *m)
{
	free(m->text);
	m->text = NULL;
}
