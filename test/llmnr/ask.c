// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What the module of link-local multicast name resolution says, by its entry points.
 *
 *   ask [OPTION]... ENTRY NAME     ENTRY: unspec, inet6, inet, canonical (inet6), old
 *   ask [OPTION]... addr ADDRESS
 *   ask configuration              prints the path of llmnr.conf
 *
 * Prints "SUCCESS NAME: ADDRESS... ttl TTL", or "STATUS ERRNO H_ERRNO"; and if errno has changed,
 * or a descriptor is left open.
 *
 *   -b MILLISECONDS  asks until an answer has taken less time than that, twenty times at the most,
 *                    and then prints " too slow", too
 *   -d NUMBER        so many descriptors can be opened
 *   -e NUMBER        the service before has left this in h_errno
 *   -r FAMILY        sockets of this family are refused: inet6, inet or netlink, more than once
 *   -R NUMBER        with this errno from the next -r on, in place of EAFNOSUPPORT
 *   -s               a signal comes every millisecond
 *   -t NUMBER        asks in so many threads, twice each, and prints how many have another answer
 */
#include "llmnr/config.h"
#include "test/tap.h"

#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <netdb.h>
#include <nss.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static void *library;

static void *entry(const char *name)
{
    char symbol[64];
    snprintf(symbol, sizeof symbol, "_nss_llmnr_%s", name);
    void *found = dlsym(library, symbol);
    if (found == NULL)
        bail_out(dlerror());
    return found;
}

struct answer {
    enum nss_status status;
    int error;
    int host_error;
    int32_t ttl;
    char text[8192];
    char buffer[65536];
};

__attribute__((format(printf, 2, 3))) static void add(struct answer *answer, const char *format,
                                                      ...)
{
    size_t length = strlen(answer->text);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(answer->text + length, sizeof answer->text - length, format, arguments);
    va_end(arguments);
}

static void add_address(struct answer *answer, int family, const void *address, uint32_t scope_id)
{
    char text[INET6_ADDRSTRLEN];
    add(answer, " %s", inet_ntop(family, address, text, sizeof text));
    if (scope_id != 0)
        add(answer, "%%%u", scope_id);
}

static void write_tuples(struct answer *answer, const struct gaih_addrtuple *tuple)
{
    add(answer, " %s:", tuple->name);
    for (; tuple != NULL; tuple = tuple->next)
        add_address(answer, tuple->family, tuple->addr, tuple->scopeid);
}

static void write_hostent(struct answer *answer, const struct hostent *host)
{
    add(answer, " %s:", host->h_name);
    for (char **address = host->h_addr_list; *address != NULL; address++)
        add_address(answer, host->h_addrtype, *address, 0);
}

static void ask_for_tuples(struct answer *answer, const char *name, char *buffer, size_t size)
{
    enum nss_status (*look_up)(const char *, struct gaih_addrtuple **, char *, size_t, int *, int *,
                               int32_t *);
    *(void **)&look_up = entry("gethostbyname4_r");
    struct gaih_addrtuple *tuples = NULL;
    answer->status =
        look_up(name, &tuples, buffer, size, &answer->error, &answer->host_error, &answer->ttl);
    if (answer->status == NSS_STATUS_SUCCESS)
        write_tuples(answer, tuples);
}

static void ask_for_hostent(struct answer *answer, const char *how, const char *name, char *buffer,
                            size_t size)
{
    struct hostent host;
    if (strcmp(how, "addr") == 0) {
        enum nss_status (*look_up)(const void *, socklen_t, int, struct hostent *, char *, size_t,
                                   int *, int *, int32_t *);
        *(void **)&look_up = entry("gethostbyaddr2_r");
        unsigned char address[16];
        int family = strchr(name, ':') != NULL ? AF_INET6 : AF_INET;
        inet_pton(family, name, address);
        answer->status = look_up(address, family == AF_INET ? 4 : 16, family, &host, buffer, size,
                                 &answer->error, &answer->host_error, &answer->ttl);
    } else if (strcmp(how, "canonical") == 0) {
        enum nss_status (*look_up)(const char *, int, struct hostent *, char *, size_t, int *,
                                   int *, int32_t *, char **);
        *(void **)&look_up = entry("gethostbyname3_r");
        char *canonical = NULL;
        answer->status = look_up(name, AF_INET6, &host, buffer, size, &answer->error,
                                 &answer->host_error, &answer->ttl, &canonical);
        if (answer->status == NSS_STATUS_SUCCESS)
            add(answer, " (%s)", canonical);
    } else if (strcmp(how, "old") == 0) {
        enum nss_status (*look_up)(const char *, struct hostent *, char *, size_t, int *, int *);
        *(void **)&look_up = entry("gethostbyname_r");
        answer->status = look_up(name, &host, buffer, size, &answer->error, &answer->host_error);
    } else {
        enum nss_status (*look_up)(const char *, int, struct hostent *, char *, size_t, int *,
                                   int *);
        *(void **)&look_up = entry("gethostbyname2_r");
        int family = strcmp(how, "inet") == 0    ? AF_INET
                     : strcmp(how, "inet6") == 0 ? AF_INET6
                                                 : AF_UNIX;
        answer->status =
            look_up(name, family, &host, buffer, size, &answer->error, &answer->host_error);
    }
    if (answer->status == NSS_STATUS_SUCCESS)
        write_hostent(answer, &host);
}

static long milliseconds(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* What the service before has left: a number of none. */
static int host_error_before = 4711;

/* As glibc does: with a larger buffer when it was too small. Returns how long the last call took.
 */
static long ask(struct answer *answer, const char *how, const char *name)
{
    long taken = 0;
    for (size_t size = 512; size <= sizeof answer->buffer; size *= 2) {
        answer->error = answer->ttl = -1;
        answer->host_error = host_error_before;
        answer->text[0] = '\0';
        long start = milliseconds();
        if (strcmp(how, "unspec") == 0)
            ask_for_tuples(answer, name, answer->buffer, size);
        else
            ask_for_hostent(answer, how, name, answer->buffer, size);
        taken = milliseconds() - start;
        if (answer->status != NSS_STATUS_TRYAGAIN || answer->error != ERANGE)
            break;
    }
    return taken;
}

static const char *host_error_name(int error)
{
    static const char *const names[] = {"NETDB_SUCCESS", "HOST_NOT_FOUND", "TRY_AGAIN",
                                        "NO_RECOVERY", "NO_DATA"};
    if (error == NETDB_INTERNAL)
        return "NETDB_INTERNAL";
    return error >= 0 && error <= 4 ? names[error] : "another";
}

#define ERRORS(X)                                                                                  \
    X(ENOENT)                                                                                      \
    X(EFBIG)                                                                                       \
    X(EACCES)                                                                                      \
    X(EBADMSG)                                                                                     \
    X(ENOTSUP)                                                                                     \
    X(EINVAL)                                                                                      \
    X(ENOSYS)                                                                                      \
    X(EPERM)                                                                                       \
    X(ENETDOWN)                                                                                    \
    X(EAFNOSUPPORT)                                                                                \
    X(ERANGE)                                                                                      \
    X(EAGAIN)                                                                                      \
    X(EMFILE)                                                                                      \
    X(ENOMEM)                                                                                      \
    X(EINTR)

static const char *error_name(int error)
{
    switch (error) {
#define CASE(number)                                                                               \
    case number:                                                                                   \
        return #number;
        ERRORS(CASE)
#undef CASE
    default:
        return "another";
    }
}

static void print(const struct answer *answer)
{
    if (answer->status == NSS_STATUS_SUCCESS) {
        printf("SUCCESS%s", answer->text);
        if (answer->ttl != -1)
            printf(" ttl %d", answer->ttl);
        if (answer->error != -1 || answer->host_error != NETDB_SUCCESS)
            printf(" with %d %d", answer->error, answer->host_error);
        return;
    }
    const char *status = answer->status == NSS_STATUS_UNAVAIL    ? "UNAVAIL"
                         : answer->status == NSS_STATUS_NOTFOUND ? "NOTFOUND"
                                                                 : "TRYAGAIN";
    printf("%s %s %s", status, error_name(answer->error), host_error_name(answer->host_error));
}

static int first_free_descriptor(void)
{
    int fd = dup(STDOUT_FILENO);
    close(fd);
    return fd;
}

static void ignore(int signal)
{
    (void)signal;
}

static void start_signals(void)
{
    const struct sigaction action = {.sa_handler = ignore};
    const struct itimerval timer = {{0, 1000}, {0, 1000}};
    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &timer, NULL);
}

static void refuse_sockets(const char *family, unsigned error)
{
    const unsigned refused = strcmp(family, "inet6") == 0  ? AF_INET6
                             : strcmp(family, "inet") == 0 ? AF_INET
                                                           : AF_NETLINK;
    struct sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_socket, 0, 3),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, refused, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | error),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    const struct sock_fprog program = {sizeof filter / sizeof filter[0], filter};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0)
        bail_out("no seccomp here");
}

/* Sets how many descriptors there can be, and returns how many there could be before. */
static rlim_t set_descriptors(rlim_t number)
{
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    rlim_t before = limit.rlim_cur;
    limit.rlim_cur = number;
    setrlimit(RLIMIT_NOFILE, &limit);
    return before;
}

enum { THREADS_MAX = 64 };

struct asker {
    pthread_t thread;
    const char *how;
    const char *name;
    const struct answer *wanted;
    unsigned wrong;
};

static void *ask_in_thread(void *argument)
{
    struct asker *asker = argument;
    struct answer *answer = malloc(sizeof *answer);
    for (int i = 0; i < 2 && answer != NULL; i++) {
        ask(answer, asker->how, asker->name);
        if (answer->status != asker->wanted->status || answer->error != asker->wanted->error ||
            strcmp(answer->text, asker->wanted->text) != 0)
            asker->wrong++;
    }
    free(answer);
    return NULL;
}

static unsigned ask_in_threads(unsigned count, const char *how, const char *name,
                               const struct answer *wanted)
{
    struct asker askers[THREADS_MAX];
    unsigned wrong = 0;
    for (unsigned i = 0; i < count; i++) {
        askers[i] = (struct asker){.how = how, .name = name, .wanted = wanted};
        if (pthread_create(&askers[i].thread, NULL, ask_in_thread, &askers[i]) != 0)
            bail_out("no thread");
    }
    for (unsigned i = 0; i < count; i++) {
        pthread_join(askers[i].thread, NULL);
        wrong += askers[i].wrong;
    }
    return wrong;
}

int main(int argc, char **argv)
{
    long limit = 0;
    unsigned threads = 0;
    long descriptors_left = -1;
    unsigned refusal = EAFNOSUPPORT;
    /* Memory for output is not what test/llmnr/faults.sh has fail. */
    static char output[BUFSIZ];
    setvbuf(stdout, output, _IOFBF, sizeof output);
    library = dlopen("./.libs/libnss_llmnr.so.2", RTLD_NOW | RTLD_LOCAL);
    if (library == NULL)
        bail_out(dlerror());
    for (int option; (option = getopt(argc, argv, "b:d:e:r:R:st:")) != -1;) {
        if (option == 'b')
            limit = atol(optarg);
        else if (option == 'd')
            descriptors_left = atol(optarg);
        else if (option == 'e')
            host_error_before = atoi(optarg);
        else if (option == 'r')
            refuse_sockets(optarg, refusal);
        else if (option == 'R')
            refusal = (unsigned)atoi(optarg);
        else if (option == 's')
            start_signals();
        else if (option == 't')
            threads = (unsigned)atoi(optarg);
        else
            argc = 0;
    }
    if (argc == 2 && strcmp(argv[1], "configuration") == 0) {
        puts(CONFIG_FILE);
        return EXIT_SUCCESS;
    }
    if (argc != optind + 2 || threads > THREADS_MAX)
        bail_out("usage: ask [OPTION]... ENTRY NAME");

    static struct answer answer;
    enum { SOME_ERRNO = 4711 };
    int descriptor = first_free_descriptor();
    rlim_t descriptors = 0;
    if (descriptors_left >= 0)
        descriptors = set_descriptors((rlim_t)(descriptor + descriptors_left));
    errno = SOME_ERRNO;
    long taken = ask(&answer, argv[optind], argv[optind + 1]);
    for (int i = 1; i < 20 && limit > 0 && taken >= limit; i++)
        taken = ask(&answer, argv[optind], argv[optind + 1]);
    int error = errno;
    if (descriptors_left >= 0)
        set_descriptors(descriptors);
    unsigned wrong = ask_in_threads(threads, argv[optind], argv[optind + 1], &answer);
    print(&answer);
    if (threads > 0)
        printf(", %u of %u differ", wrong, 2 * threads);
    printf("%s%s%s\n", limit > 0 && taken >= limit ? " too slow" : "",
           error != SOME_ERRNO ? " changes errno" : "",
           first_free_descriptor() != descriptor ? " leaves a descriptor open" : "");
    return EXIT_SUCCESS;
}
