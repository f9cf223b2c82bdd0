# Code that the programs share. A program contains only the parts that it uses.
noinst_LTLIBRARIES += tools/libcommon.la
tools_libcommon_la_SOURCES = \
    tools/common/arguments.c tools/common/arguments.h \
    tools/common/buffer.c tools/common/buffer.h \
    tools/common/close.h \
    tools/common/elf.c tools/common/elf.h \
    tools/common/exit_status.h \
    tools/common/find_program.c tools/common/find_program.h \
    tools/common/correction.c tools/common/correction.h \
    tools/common/json.c tools/common/json.h \
    tools/common/lines.c tools/common/lines.h \
    tools/common/message.c tools/common/message.h \
    tools/common/output.c tools/common/output.h \
    tools/common/presence.h \
    tools/common/reading.c tools/common/reading.h \
    tools/common/stream.c tools/common/stream.h \
    tools/common/suggest.c tools/common/suggest.h \
    tools/common/terminal.c tools/common/terminal.h \
    tools/common/text.c tools/common/text.h \
    tools/mount/cifs_address.c tools/mount/cifs_address.h
tools_libcommon_la_CPPFLAGS = $(AM_CPPFLAGS) $(JSON_CPPFLAGS)
if WITH_JANSSON
JSON_CPPFLAGS = -DWITH_JANSSON
else
JSON_CPPFLAGS =
endif

bin_PROGRAMS += v6lit
v6lit_SOURCES = \
    tools/main.c \
    tools/convert/convert.c tools/convert/convert.h \
    tools/convert/decode.c \
    tools/convert/encode.c \
    tools/convert/records.c tools/convert/records.h \
    tools/doctor/check.c tools/doctor/check.h \
    tools/doctor/clients.c \
    tools/doctor/doctor.c tools/doctor/doctor.h \
    tools/doctor/find_text.c tools/doctor/find_text.h \
    tools/doctor/firewall.c \
    tools/doctor/hosts.c tools/doctor/hosts.h \
    tools/doctor/llmnr.c \
    tools/doctor/llmnr_responder.c \
    tools/doctor/module.c \
    tools/doctor/mount_helper.c \
    tools/doctor/name_cache.c \
    tools/doctor/nameserver.c tools/doctor/nameserver.h \
    tools/doctor/network.c \
    tools/doctor/resolve_hook.c \
    tools/doctor/upcall.c \
    tools/exec/exec.c tools/exec/exec.h \
    tools/exec/preloadable.c tools/exec/preloadable.h \
    tools/explain/explain.c tools/explain/explain.h \
    tools/explain/explain_json.c \
    tools/explain/explanation.c tools/explain/explanation.h \
    tools/explain/kind.c tools/explain/kind.h \
    tools/llmnr/llmnr.h \
    tools/nsswitch/disable.c \
    tools/nsswitch/edit.c tools/nsswitch/edit.h \
    tools/nsswitch/edit_command.c \
    tools/nsswitch/edit_hosts.c tools/nsswitch/edit_hosts.h \
    tools/nsswitch/enable.c \
    tools/nsswitch/follow_path.c tools/nsswitch/follow_path.h \
    tools/nsswitch/hosts_manager.c tools/nsswitch/hosts_manager.h \
    tools/nsswitch/module.c tools/nsswitch/module.h \
    tools/nsswitch/nsswitch.c tools/nsswitch/nsswitch.h \
    tools/nsswitch/replace_file.c tools/nsswitch/replace_file.h \
    tools/resolve/resolution.c tools/resolve/resolution.h \
    tools/resolve/resolve.c tools/resolve/resolve.h \
    tools/resolve/resolve_json.c \
    tools/resolve/resolve_safe.c tools/resolve/resolve_safe.h
# The command contains the library's objects, as the modules do. With the shared library, libtool would set a RUNPATH, and
# the command would find a module that other programs do not find.
#
# PKGLIBDIR is where `v6lit exec` finds its library, NSSDIR where `v6lit doctor` looks for the module.
v6lit_CPPFLAGS = $(AM_CPPFLAGS) -DPKGLIBDIR='"$(pkglibdir)"' -DNSSDIR='"$(nssdir)"' \
    -DSBINDIR='"$(sbindir)"' -DLIBEXECDIR='"$(libexecdir)"' $(JSON_CPPFLAGS)
v6lit_CFLAGS = $(AM_CFLAGS) $(PIE_CFLAGS)
v6lit_LDFLAGS = $(AM_LDFLAGS) $(PIE_LDFLAGS)
v6lit_LDADD = tools/libcommon.la
llmnr_sources = tools/llmnr/links.c tools/llmnr/links.h \
    tools/llmnr/llmnr.c \
    tools/llmnr/llmnr_json.c tools/llmnr/llmnr_json.h \
    tools/llmnr/options.h \
    tools/llmnr/question.c tools/llmnr/question.h \
    tools/llmnr/refusal.c tools/llmnr/refusal.h \
    tools/llmnr/reply.c tools/llmnr/reply.h \
    tools/doctor/llmnr_links.c
if WITH_LLMNR
v6lit_CPPFLAGS += -DWITH_LLMNR
v6lit_SOURCES += $(llmnr_sources)
v6lit_LDADD += llmnr/libllmnr.la
else
v6lit_SOURCES += tools/doctor/llmnr_links_none.c
endif
v6lit_LDADD += libv6lit/libobjects.la $(JANSSON_LIBS) $(DL_LIBS) $(RESOLV_LIBS)
EXTRA_DIST += $(llmnr_sources) tools/doctor/llmnr_links_none.c

# The editor of the hosts: line for maintainer scripts. It depends only on libc.
noinst_PROGRAMS = tools/nsswitch/edit-hosts
tools_nsswitch_edit_hosts_SOURCES = \
    tools/nsswitch/edit.c tools/nsswitch/edit.h \
    tools/nsswitch/edit_hosts.c tools/nsswitch/edit_hosts.h \
    tools/nsswitch/follow_path.c tools/nsswitch/follow_path.h \
    tools/nsswitch/hosts_manager.c tools/nsswitch/hosts_manager.h \
    tools/nsswitch/nsswitch.c tools/nsswitch/nsswitch.h \
    tools/nsswitch/package.c \
    tools/nsswitch/replace_file.c tools/nsswitch/replace_file.h
tools_nsswitch_edit_hosts_LDADD = tools/libcommon.la $(DL_LIBS)

# The mount helper: mount(8) looks for it in /sbin and nowhere else.
noinst_PROGRAMS += mount.v6lit
mount_v6lit_SOURCES = tools/mount/mount_v6lit.c
mount_v6lit_CFLAGS = $(AM_CFLAGS) $(PIE_CFLAGS)
mount_v6lit_LDFLAGS = $(AM_LDFLAGS) $(PIE_LDFLAGS)
mount_v6lit_LDADD = tools/libcommon.la libv6lit/libobjects.la $(DL_LIBS)

# The kernel's upcall, and the rule that makes request-key(8) run it.
EXTRA_DIST += tools/mount/key_v6lit.c tools/mount/request-key.conf.in
if WITH_KEYUTILS
sbin_PROGRAMS += key.v6lit
key_v6lit_SOURCES = tools/mount/key_v6lit.c
key_v6lit_CFLAGS = $(AM_CFLAGS) $(PIE_CFLAGS)
key_v6lit_LDFLAGS = $(AM_LDFLAGS) $(PIE_LDFLAGS)
key_v6lit_LDADD = tools/libcommon.la libv6lit/libobjects.la $(KEYUTILS_LIBS) $(DL_LIBS)
endif
if WITH_REQUEST_KEY
noinst_DATA = v6lit.conf
CLEANFILES += v6lit.conf
v6lit.conf: tools/mount/request-key.conf.in Makefile
	$(AM_V_GEN)sed 's|[@]sbindir[@]|$(sbindir)|' '$(top_srcdir)/tools/mount/request-key.conf.in' > $@
endif
