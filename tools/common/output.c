// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/common/output.h"

#include "tools/common/exit_status.h"
#include "tools/common/message.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static _Noreturn void give_up(void)
{
    message_write("standard output", "%s", strerror(errno));
    /* exit() would try again to write what is in the buffer. */
    _Exit(EXIT_TROUBLE);
}

void output_write(const char *bytes, size_t length)
{
    if (fwrite_unlocked(bytes, 1, length, stdout) < length)
        give_up();
}

/* What output_room has given and output_advance has filled, not yet in stdout. */
static char room[OUTPUT_ROOM_MAX];
static size_t filled;

/* As large as it is, stdio passes it on without a copy. */
static void empty_room(void)
{
    if (filled > 0 && fwrite_unlocked(room, 1, filled, stdout) < filled)
        give_up();
    filled = 0;
}

char *output_room(size_t size)
{
    if (size > sizeof room - filled)
        empty_room();
    return room + filled;
}

void output_advance(size_t length)
{
    filled += length;
}

bool output_is_terminal(void)
{
    static int is_terminal = -1;
    if (is_terminal < 0)
        is_terminal = isatty(STDOUT_FILENO) == 1;
    return is_terminal;
}

void output_flush(void)
{
    empty_room();
    if (fflush_unlocked(stdout) != 0)
        give_up();
}

int output_finish(int status)
{
    empty_room();
    /* ferror: what printf could not write before. */
    if (ferror(stdout) != 0 || fflush(stdout) != 0 || fclose(stdout) != 0)
        give_up();
    return status;
}

int output_help(const char *command, const char *text)
{
    printf("%s\nThe manual is v6lit-%s(1).\n", text, command);
    return output_finish(EXIT_DONE);
}

void output_fill(size_t taken, size_t width)
{
    printf("%*s", (int)(taken + 2 > width ? 2 : width - taken), "");
}
