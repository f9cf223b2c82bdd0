# In every tarball, whether or not this build has them.
llmnrd_sources = \
    llmnrd/check.c llmnrd/check.h \
    llmnrd/delay.c \
    llmnrd/log.c llmnrd/log.h \
    llmnrd/main.c \
    llmnrd/mute.c llmnrd/mute.h \
    llmnrd/port.c llmnrd/port.h \
    llmnrd/probe.c \
    llmnrd/responder.c llmnrd/responder.h \
    llmnrd/served.c \
    llmnrd/socket.c llmnrd/socket.h \
    llmnrd/stream.c \
    llmnrd/watch.c llmnrd/watch.h
EXTRA_DIST += $(llmnrd_sources) llmnrd/v6lit-llmnrd.service.in

if WITH_LLMNRD
sbin_PROGRAMS += v6lit-llmnrd
v6lit_llmnrd_SOURCES = $(llmnrd_sources)
v6lit_llmnrd_CFLAGS = $(AM_CFLAGS) $(PIE_CFLAGS) $(SYSTEMD_CFLAGS)
v6lit_llmnrd_LDFLAGS = $(AM_LDFLAGS) $(PIE_LDFLAGS)
v6lit_llmnrd_LDADD = llmnr/libresponder.la libv6lit/libobjects.la $(SYSTEMD_LIBS) $(DL_LIBS)

if WITH_UNITS
systemdsystemunit_DATA += v6lit-llmnrd.service
endif
CLEANFILES += v6lit-llmnrd.service
v6lit-llmnrd.service: llmnrd/v6lit-llmnrd.service.in Makefile
	$(AM_V_GEN)sed 's|[@]sbindir[@]|$(sbindir)|' '$(top_srcdir)/llmnrd/v6lit-llmnrd.service.in' > $@
endif
