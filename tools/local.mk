bin_PROGRAMS += v6lit
v6lit_SOURCES = \
    tools/arguments.c tools/arguments.h \
    tools/buffer.c tools/buffer.h \
    tools/check.h \
    tools/check_cache.c \
    tools/check_clients.c \
    tools/check_hosts.c \
    tools/check_module.c \
    tools/check_network.c \
    tools/check_upcall.c \
    tools/command.h \
    tools/convert.c tools/convert.h \
    tools/decode.c \
    tools/disable.c \
    tools/doctor.c \
    tools/edit_hosts.c tools/edit_hosts.h \
    tools/enable.c \
    tools/encode.c \
    tools/exec.c \
    tools/explain.c \
    tools/explanation.c tools/explanation.h \
    tools/hosts_manager.c tools/hosts_manager.h \
    tools/json.h \
    tools/kind.c tools/kind.h \
    tools/lines.c tools/lines.h \
    tools/nsswitch.c tools/nsswitch.h \
    tools/output.c tools/output.h \
    tools/program.c tools/program.h \
    tools/reading.c tools/reading.h \
    tools/replace_file.c tools/replace_file.h \
    tools/resolution.c tools/resolution.h \
    tools/resolve.c \
    tools/resolve_safe.c tools/resolve_safe.h \
    tools/suggest.c tools/suggest.h \
    tools/v6lit.c
# The library's objects, as in the modules. With the shared library libtool would give the command a search
# path of its own, by which it would find a module that no other program finds.
#
# Where `v6lit exec` finds its library, and where `v6lit doctor` looks for the module.
v6lit_CPPFLAGS = $(AM_CPPFLAGS) -DPKGLIBDIR='"$(pkglibdir)"' -DNSSDIR='"$(nssdir)"'
v6lit_LDADD = libv6lit/libobjects.la $(JANSSON_LIBS) $(DL_LIBS)
if WITH_JANSSON
v6lit_SOURCES += tools/json.c
else
v6lit_SOURCES += tools/json_none.c
endif
EXTRA_DIST += tools/json.c tools/json_none.c
