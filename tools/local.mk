# What the three programs have in common.
noinst_LTLIBRARIES += tools/libcommon.la
tools_libcommon_la_SOURCES = \
    tools/buffer.c tools/buffer.h \
    tools/cifs_address.c tools/cifs_address.h \
    tools/command.h \
    tools/output.c tools/output.h

bin_PROGRAMS += v6lit
v6lit_SOURCES = \
    tools/arguments.c tools/arguments.h \
    tools/check.h \
    tools/check_cache.c \
    tools/check_clients.c \
    tools/check_hosts.c tools/check_hosts.h \
    tools/check_llmnr.c \
    tools/check_module.c \
    tools/check_network.c \
    tools/check_upcall.c \
    tools/convert.c tools/convert.h \
    tools/close.h \
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
    tools/llmnr.h \
    tools/nsswitch.c tools/nsswitch.h \
    tools/program.c tools/program.h \
    tools/reading.c tools/reading.h \
    tools/records.c tools/records.h \
    tools/replace_file.c tools/replace_file.h \
    tools/resolution.c tools/resolution.h \
    tools/resolve.c \
    tools/resolve_safe.c tools/resolve_safe.h \
    tools/suggest.c tools/suggest.h \
    tools/v6lit.c
# The library's objects, as in the modules. With the shared library libtool would give the command a search
# path of its own, by which it would find a module that no other program finds.
#
# Where `v6lit exec` finds its library, where `v6lit doctor` looks for the module, and what it names.
v6lit_CPPFLAGS = $(AM_CPPFLAGS) -DPKGLIBDIR='"$(pkglibdir)"' -DNSSDIR='"$(nssdir)"' \
    -DSBINDIR='"$(sbindir)"'
v6lit_LDADD = tools/libcommon.la
if WITH_JANSSON
v6lit_SOURCES += tools/json.c
else
v6lit_SOURCES += tools/json_none.c
endif
if WITH_LLMNR
v6lit_SOURCES += tools/llmnr.c
v6lit_LDADD += llmnr/libllmnr.la
else
v6lit_SOURCES += tools/llmnr_none.c
endif
v6lit_LDADD += libv6lit/libobjects.la $(JANSSON_LIBS) $(DL_LIBS)
EXTRA_DIST += tools/json.c tools/json_none.c tools/llmnr.c tools/llmnr_none.c

# The mount helper: mount(8) looks for it in /sbin and nowhere else.
mount_PROGRAMS = mount.v6lit
mount_v6lit_SOURCES = tools/mount_v6lit.c
mount_v6lit_LDADD = tools/libcommon.la libv6lit/libobjects.la $(DL_LIBS)

# The kernel's upcall, and the rule that makes request-key(8) run it.
EXTRA_DIST += tools/key_v6lit.c tools/request-key.conf.in
if WITH_KEYUTILS
sbin_PROGRAMS = key.v6lit
key_v6lit_SOURCES = tools/key_v6lit.c
key_v6lit_LDADD = tools/libcommon.la libv6lit/libobjects.la $(KEYUTILS_LIBS) $(DL_LIBS)
endif
if WITH_REQUEST_KEY
requestkey_DATA = v6lit.conf
CLEANFILES += v6lit.conf
v6lit.conf: tools/request-key.conf.in Makefile
	$(AM_V_GEN)sed 's|[@]sbindir[@]|$(sbindir)|' '$(top_srcdir)/tools/request-key.conf.in' > $@
endif
