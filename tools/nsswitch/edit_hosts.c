// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tools/nsswitch/edit_hosts.h"

#include "tools/common/exit_status.h"
#include "tools/common/message.h"
#include "tools/common/output.h"
#include "tools/common/terminal.h"
#include "tools/nsswitch/edit.h"
#include "tools/nsswitch/hosts_manager.h"
#include "tools/nsswitch/module.h"
#include "tools/nsswitch/replace_file.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int file_trouble(const struct replace_file *file)
{
    int error = errno;
    if (error == 0)
        return message_status(EXIT_TROUBLE, file->path, "%s", file->problem);
    int exit_status =
        message_status(EXIT_TROUBLE, file->path, "%s: %s", file->problem, strerror(error));
    if ((error == EACCES || error == EPERM) && geteuid() != 0)
        fputs("Run this as root, or as a user who may read the file and write to its directory.\n",
              stderr);
    else if (error == EPERM)
        fputs("'lsattr' shows whether the file is immutable.\n", stderr);
    else if (error == EROFS)
        fputs("The file is part of a read-only system image; change it where the image is built.\n",
              stderr);
    else if (error == ENOENT && strcmp(file->path, NSSWITCH_PATH) == 0)
        fputs("Without the file glibc uses \"files dns\". Create an empty file first.\n", stderr);
    return exit_status;
}

/*
 * A tool that writes the file would undo the change, so it is refused with that tool's own command.
 */
static int check_manager(const struct replace_file *file, const char *command)
{
    static struct buffer advice;
    enum hosts_manager manager = hosts_manager_of(file);
    if (manager == HOSTS_MANAGER_NONE)
        return EXIT_DONE;
    message_write(file->path, "%s", hosts_manager_text(manager));
    buffer_clear(&advice);
    hosts_manager_advice(manager, command, &advice);
    fputs(advice.text, stderr);
    return EXIT_BAD_INPUT;
}

static int check_line(const struct replace_file *file, const struct nsswitch *hosts, bool adds)
{
    if (hosts->fault.kind == NSSWITCH_NO_FAULT ||
        (hosts->fault.kind == NSSWITCH_NO_NEWLINE && !adds))
        return EXIT_DONE;
    message_begin(file->path);
    fprintf(stderr, "line %zu: ", hosts->fault.line);
    if (hosts->fault.length > 0) {
        fputc('\'', stderr);
        message_quote(file->text + hosts->fault.start, hosts->fault.length);
        fputs("': ", stderr);
    }
    fputs(hosts->fault.reason, stderr);
    if (hosts->fault.kind != NSSWITCH_NO_NEWLINE)
        fprintf(stderr, " at column %zu", hosts->fault.column);
    fputc('\n', stderr);
    if (hosts->fault.after_hash)
        fputs(NSSWITCH_COMMENT_HINT "\n", stderr);
    if (hosts->fault.kind == NSSWITCH_SYNTAX)
        fputs("glibc 2.33 and later reject the whole file because of this. ", stderr);
    fputs("Fix the line and try again. Nothing was changed.\n", stderr);
    return EXIT_BAD_INPUT;
}

static bool is_this_machines(const struct replace_file *file)
{
    struct stat own;
    return strcmp(file->path, NSSWITCH_PATH) == 0 ||
           (stat(NSSWITCH_PATH, &own) == 0 && own.st_dev == file->before.st_dev &&
            own.st_ino == file->before.st_ino);
}

static int check_module(const struct replace_file *file)
{
    /* Never closed: the process ends soon, and the module must not be unloaded. */
    if (dlopen(MODULE_FILE, RTLD_LAZY) != NULL)
        return EXIT_DONE;
    message_write(file->path, "cannot load the module: %s", dlerror());
    fputs("If the line has a service that cannot be loaded, failed lookups may end in \"System "
          "error\".\n"
          "Install the module first; if it is installed, run 'ldconfig' as root.\n",
          stderr);
    return EXIT_BAD_INPUT;
}

/* Tabs stay, since most lines have some. */
static void print_bytes(const char *bytes, size_t length)
{
    for (const char *tab; (tab = memchr(bytes, '\t', length)) != NULL;) {
        terminal_show(stdout, bytes, (size_t)(tab - bytes));
        putchar('\t');
        length -= (size_t)(tab + 1 - bytes);
        bytes = tab + 1;
    }
    terminal_show(stdout, bytes, length);
}

static void print_hosts(const char *sign, const char *text, const struct nsswitch *hosts)
{
    if (hosts->lines == 0)
        return;
    fputs(sign, stdout);
    print_bytes(text + hosts->start, hosts->end - hosts->start);
    putchar('\n');
}

/* Shows the line before and after; `same` if there is nothing to do. */
static void show_change(const struct edit_hosts *edit, const struct replace_file *file,
                        const struct nsswitch *hosts, const char *text,
                        const struct nsswitch *edited, bool same, bool dry_run)
{
    const struct nsswitch *shown = edited->lines > 0 ? edited : hosts;
    print_bytes(file->path, strlen(file->path));
    if (shown->lines > 0)
        printf(", line %zu", shown->number);
    if (shown->lines > 1)
        printf(" (glibc uses the last of the %zu hosts: lines)", shown->lines);
    const char *fault =
        edit->adds && hosts->entry != NSSWITCH_MISSING ? nsswitch_entry_fault(hosts->entry) : NULL;
    if (same)
        printf(": %s", edit->no_change);
    else if (fault != NULL)
        printf(": " NSSWITCH_SERVICE " was %s", fault);
    puts(!same && dry_run ? " (nothing was changed)" : "");
    if (same) {
        print_hosts("  ", text, edited);
    } else {
        print_hosts("- ", file->text, hosts);
        print_hosts("+ ", text, edited);
    }
}

/* Whether the edit had its effect; it may not, with a very unusual line. */
static bool is_as_wanted(const struct edit_hosts *edit, const struct nsswitch *hosts,
                         const char *text, const struct nsswitch *edited)
{
    if (edited->fault.kind != hosts->fault.kind)
        return false;
    return edit->adds ? edited->entry == NSSWITCH_RIGHT
                      : !nsswitch_has(text, edited, edit->service);
}

/* Edits the file that was read. `text` has room for the new one. */
static int edit_text(const struct edit_hosts *edit, struct replace_file *file,
                     const struct nsswitch *hosts, char *text, bool dry_run)
{
    size_t length = edit->edit(file->text, file->length, hosts, text);
    bool same = length == file->length && memcmp(text, file->text, length) == 0;
    struct nsswitch edited;
    nsswitch_read(text, length, &edited);
    if (!same && !is_as_wanted(edit, hosts, text, &edited))
        return message_status(
            EXIT_BAD_INPUT, file->path,
            "line %zu: cannot edit this hosts: line; edit it by hand as described in "
            "nss-ipv6literal(8)",
            hosts->number);
    if (!same && !dry_run && !replace_file_write(file, text, length))
        return file_trouble(file);
    show_change(edit, file, hosts, text, &edited, same, dry_run);
    return EXIT_DONE;
}

static int edit_file(const struct edit_hosts *edit, struct replace_file *file, bool dry_run)
{
    if (!replace_file_read(file, file->path)) {
        if (edit->adds || errno != ENOENT)
            return file_trouble(file);
        print_bytes(file->path, strlen(file->path));
        printf(": %s: no such file\n", edit->no_change);
        return EXIT_DONE;
    }
    int refused = check_manager(file, edit->command);
    if (refused != EXIT_DONE)
        return refused;
    struct nsswitch hosts;
    nsswitch_read(file->text, file->length, &hosts);
    refused = check_line(file, &hosts, edit->adds);
    if (refused == EXIT_DONE && edit->adds && is_this_machines(file))
        refused = check_module(file);
    if (refused != EXIT_DONE)
        return refused;

    char *text = malloc(file->length + NSSWITCH_GROWTH);
    if (text == NULL) {
        file->problem = "cannot edit";
        return file_trouble(file);
    }
    int exit_status = edit_text(edit, file, &hosts, text, dry_run);
    free(text);
    return exit_status;
}

int edit_hosts_file(const struct edit_hosts *edit, const char *path, bool dry_run)
{
    static struct replace_file file;
    file.path = path;
    int exit_status = edit_file(edit, &file, dry_run);
    replace_file_free(&file);
    return output_finish(exit_status);
}
