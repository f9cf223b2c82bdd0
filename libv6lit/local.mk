# The rules of the names alone, for who links the objects in: the library itself and the NSS modules.
noinst_LTLIBRARIES += libv6lit/libname.la
libv6lit_libname_la_SOURCES = \
    libv6lit/export.h \
    libv6lit/interface.c libv6lit/interface.h \
    libv6lit/name.c libv6lit/name.h \
    libv6lit/text.c libv6lit/text.h \
    libv6lit/zone.c libv6lit/zone.h

include_HEADERS += libv6lit/v6lit.h
pkgconfig_DATA += libv6lit/libv6lit.pc
lib_LTLIBRARIES += libv6lit.la
libv6lit_la_SOURCES = \
    libv6lit/getaddrinfo.c \
    libv6lit/host.c \
    libv6lit/idn.c libv6lit/idn.h \
    libv6lit/literal.c \
    libv6lit/sockaddr.c \
    libv6lit/status.c \
    libv6lit/v6lit.h
libv6lit_la_LIBADD = libv6lit/libname.la
if WITH_LIBIDN2
libv6lit_la_LIBADD += $(DL_LIBS)
endif
libv6lit_la_LDFLAGS = -version-info $(LIBV6LIT_INTERFACE) -no-undefined \
    -Wl,--version-script=$(top_srcdir)/libv6lit/libv6lit.map
EXTRA_libv6lit_la_DEPENDENCIES = libv6lit/libv6lit.map
EXTRA_DIST += libv6lit/libv6lit.map
