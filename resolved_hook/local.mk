# record.c needs only libv6lit and is tested in every build. The service needs libsystemd for Varlink.
noinst_LTLIBRARIES += resolved_hook/librecord.la
resolved_hook_librecord_la_SOURCES = resolved_hook/record.c resolved_hook/record.h
resolved_hook_librecord_la_LIBADD = libv6lit/libobjects.la $(DL_LIBS) $(RESOLV_LIBS)

# In every tarball, whether or not this build has them.
EXTRA_DIST += \
    resolved_hook/hook.c resolved_hook/hook.h \
    resolved_hook/ipv6-literal.dns-delegate \
    resolved_hook/listener.c resolved_hook/listener.h \
    resolved_hook/main.c \
    resolved_hook/v6lit-resolved-hook.service.in \
    resolved_hook/v6lit-resolved-hook.socket
if WITH_RESOLVED_HOOK
noinst_LTLIBRARIES += resolved_hook/libhook.la
resolved_hook_libhook_la_SOURCES = resolved_hook/hook.c resolved_hook/hook.h \
    resolved_hook/listener.c resolved_hook/listener.h
resolved_hook_libhook_la_CFLAGS = $(AM_CFLAGS) $(SYSTEMD_CFLAGS)
resolved_hook_libhook_la_LIBADD = resolved_hook/librecord.la $(SYSTEMD_LIBS)

libexec_PROGRAMS += v6lit-resolved-hook
v6lit_resolved_hook_SOURCES = resolved_hook/main.c
v6lit_resolved_hook_CFLAGS = $(AM_CFLAGS) $(PIE_CFLAGS) $(SYSTEMD_CFLAGS)
v6lit_resolved_hook_LDFLAGS = $(AM_LDFLAGS) $(PIE_LDFLAGS)
v6lit_resolved_hook_LDADD = resolved_hook/libhook.la

if WITH_UNITS
systemdsystemunit_DATA += resolved_hook/v6lit-resolved-hook.socket v6lit-resolved-hook.service
dnsdelegatedir = $(prefix)/lib/systemd/dns-delegate.d
dnsdelegate_DATA = resolved_hook/ipv6-literal.dns-delegate
endif
CLEANFILES += v6lit-resolved-hook.service
v6lit-resolved-hook.service: resolved_hook/v6lit-resolved-hook.service.in Makefile
	$(AM_V_GEN)sed 's|[@]libexecdir[@]|$(libexecdir)|' \
	    '$(top_srcdir)/resolved_hook/v6lit-resolved-hook.service.in' > $@
endif
