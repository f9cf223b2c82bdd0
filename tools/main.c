// SPDX-License-Identifier: LGPL-2.1-or-later
/* The v6lit command: finds the subcommand and runs it. */
#include "libv6lit/v6lit.h"
#include "tools/common/exit_status.h"
#include "tools/common/message.h"
#include "tools/common/output.h"
#include "tools/convert/convert.h"
#include "tools/doctor/doctor.h"
#include "tools/exec/exec.h"
#include "tools/explain/explain.h"
#include "tools/llmnr/llmnr.h"
#include "tools/nsswitch/edit_hosts.h"
#include "tools/resolve/resolve.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

#ifndef WITH_LLMNR
int command_llmnr(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    return message_usage_error(
        "", "llmnr is not available: v6lit was built without the kernel headers");
}
#endif

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *summary;
} commands[] = {
    {"decode", command_decode, "convert literal names to addresses, also in UNC paths and URLs"},
    {"disable", command_disable, "remove ipv6literal from the hosts: line of nsswitch.conf"},
    {"doctor", command_doctor, "find out why literal names do not work on this machine"},
    {"enable", command_enable, "add ipv6literal to the hosts: line of nsswitch.conf"},
    {"encode", command_encode, "convert addresses to literal names, also in UNC paths and URLs"},
    {"exec", command_exec, "run a command in which literal names work, without set-up"},
    {"explain", command_explain,
     "describe a name or address in all forms, or what is wrong with it"},
    {"llmnr", command_llmnr, "query the hosts on the local links for single-label names"},
    {"resolve", command_resolve, "compare what getaddrinfo returns with what it should return"},
};

enum { COMMANDS = sizeof commands / sizeof commands[0] };

static int print_help(void)
{
    puts("Usage: v6lit COMMAND [OPTION]... [ARGUMENT]...\n"
         "IPv6 addresses written as host names: fe80--1s4." V6LIT_DOMAIN " is fe80::1%4.\n"
         "\n"
         "Commands:");
    for (size_t i = 0; i < COMMANDS; i++)
        printf("  %-11s%s\n", commands[i].name, commands[i].summary);
    puts("\n"
         "  -h, --help     print this help\n"
         "  -V, --version  print the version\n"
         "\n"
         "'v6lit help COMMAND' and 'v6lit COMMAND --help' print the help of a command.\n"
         "The manual is v6lit(1), and v6lit-COMMAND(1) for each command;\n"
         "nss-ipv6literal(8) makes these names work in all programs.");
    return output_finish(EXIT_DONE);
}

static int run_command(int argc, char **argv)
{
    for (size_t i = 0; i < COMMANDS; i++) {
        if (strcmp(argv[0], commands[i].name) == 0)
            return commands[i].run(argc, argv);
    }
    return message_usage_error("", "unknown command '%s'", argv[0]);
}

/* "help COMMAND" is "COMMAND --help". */
static int command_help(int argc, char **argv)
{
    if (argc < 2 || strcmp(argv[1], "help") == 0)
        return print_help();
    if (argc > 2)
        return message_usage_error("", "unexpected argument '%s'", argv[2]);
    static char option[] = "--help";
    char *arguments[] = {argv[1], option, NULL};
    return run_command(2, arguments);
}

int main(int argc, char **argv)
{
    setlocale(LC_CTYPE, "");
    if (argc < 2)
        return message_usage_error("", "missing command");
    const char *word = argv[1];
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0)
        return print_help();
    if (strcmp(word, "--version") == 0 || strcmp(word, "-V") == 0) {
        printf("v6lit %s\n", v6lit_version());
        return output_finish(EXIT_DONE);
    }
    if (strcmp(word, "help") == 0)
        return command_help(argc - 1, argv + 1);
    return run_command(argc - 1, argv + 1);
}
