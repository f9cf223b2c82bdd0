// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Calls every entry point for a name between two calls of getppid, for strace. Prints the status of
 * each after the second one.
 *
 *   syscalls NAME
 */
#include "test/module/module.h"

#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    if (argc != 2)
        bail_out("usage: syscalls NAME");
    struct module module = load_module();
    struct gaih_addrtuple *tuple = NULL;
    struct hostent host;
    char buffer[1024], *canonical_name;
    int error, host_error, status[4];
    int32_t ttl;

    syscall(SYS_getppid);
    status[0] = module.name4(argv[1], &tuple, buffer, sizeof buffer, &error, &host_error, &ttl);
    status[1] = module.name3(argv[1], AF_INET6, &host, buffer, sizeof buffer, &error, &host_error,
                             &ttl, &canonical_name);
    status[2] = module.name2(argv[1], AF_INET6, &host, buffer, sizeof buffer, &error, &host_error);
    status[3] = module.name1(argv[1], &host, buffer, sizeof buffer, &error, &host_error);
    syscall(SYS_getppid);

    printf("%d %d %d %d\n", status[0], status[1], status[2], status[3]);
    return EXIT_SUCCESS;
}
