// SPDX-License-Identifier: LGPL-2.1-or-later
/* The v6lit command: finds the subcommand and hands over. */
#include "libv6lit/v6lit.h"
#include "tools/common/command.h"
#include "tools/common/output.h"

#include <locale.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
} commands[] = {
    {"decode", command_decode},   {"disable", command_disable}, {"doctor", command_doctor},
    {"enable", command_enable},   {"encode", command_encode},   {"exec", command_exec},
    {"explain", command_explain}, {"llmnr", command_llmnr},     {"resolve", command_resolve},
};

static const char help[] =
    "Usage: v6lit COMMAND [OPTION]... [ARGUMENT]...\n"
    "IPv6 addresses written as host names: fe80--1s4." V6LIT_DOMAIN " is fe80::1%4.\n"
    "\n"
    "Commands:\n"
    "  decode     literal names to addresses, also in UNC paths and URLs\n"
    "  disable    takes ipv6literal out of the hosts: line of nsswitch.conf\n"
    "  doctor     what keeps literal names from working here, and what to do\n"
    "  enable     puts ipv6literal in, so that literal names resolve in every program\n"
    "  encode     addresses to literal names, also in UNC paths and URLs\n"
    "  exec       run a command in which these names work, with no set-up and every zone kept\n"
    "  explain    what a name or address is, in all forms; or what is wrong with it\n"
    "  llmnr      ask the hosts on the links of this machine for their plain names\n"
    "  resolve    what this machine makes of literal names, beside what it should\n"
    "\n"
    "  -h, --help     print this help; 'v6lit COMMAND --help' tells of a command\n"
    "  -V, --version  print the version\n"
    "\n"
    "The manual is v6lit(1); nss-ipv6literal(8) makes these names work in all programs.\n";

int command_help(const char *text)
{
    fputs(text, stdout);
    return output_finish(EXIT_DONE);
}

int command_usage_error(const char *command, const char *format, ...)
{
    char message[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    output_message(NULL, "%s", message);
    fprintf(stderr, "Try 'v6lit %s%s--help'.\n", command, command[0] == '\0' ? "" : " ");
    return EXIT_TROUBLE;
}

int main(int argc, char **argv)
{
    setlocale(LC_CTYPE, "");
    if (argc < 2)
        return command_usage_error("", "a command is missing");
    const char *word = argv[1];
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0)
        return command_help(help);
    if (strcmp(word, "--version") == 0 || strcmp(word, "-V") == 0) {
        printf("v6lit %s\n", v6lit_version());
        return output_finish(EXIT_DONE);
    }
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        if (strcmp(word, commands[i].name) == 0)
            return commands[i].run(argc - 1, argv + 1);
    }
    return command_usage_error("", "there is no command '%s'", word);
}
