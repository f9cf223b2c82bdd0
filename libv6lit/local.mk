# All objects, for the library itself and for the modules, which keep only the sections that they use (--gc-sections).
noinst_LTLIBRARIES += libv6lit/libobjects.la libv6lit/libascii.la
libv6lit_libobjects_la_SOURCES = libv6lit/idn.c
libv6lit_libobjects_la_LIBADD = libv6lit/libascii.la
libv6lit_libascii_la_SOURCES = \
    libv6lit/getaddrinfo.c \
    libv6lit/guard.h \
    libv6lit/authority.c \
    libv6lit/idn.h \
    libv6lit/interface.c libv6lit/interface.h \
    libv6lit/literal.c libv6lit/literal.h \
    libv6lit/name.c libv6lit/name.h \
    libv6lit/netlink.c libv6lit/netlink.h \
    libv6lit/sockaddr.c \
    libv6lit/status.c \
    libv6lit/text.c libv6lit/text.h libv6lit/text_sse2.c \
    libv6lit/v6lit.h \
    libv6lit/zero_run.h \
    libv6lit/zone.c libv6lit/zone.h

include_HEADERS += libv6lit/v6lit.h
pkgconfig_DATA += libv6lit/libv6lit.pc
lib_LTLIBRARIES += libv6lit.la
libv6lit_la_SOURCES =
libv6lit_la_LIBADD = libv6lit/libobjects.la $(DL_LIBS)
libv6lit_la_LDFLAGS = -version-info $(LIBV6LIT_INTERFACE) -no-undefined \
    -Wl,--version-script=$(top_srcdir)/libv6lit/libv6lit.map
EXTRA_libv6lit_la_DEPENDENCIES = libv6lit/libv6lit.map
EXTRA_DIST += libv6lit/libv6lit.map libv6lit/libv6lit.abi

# The static library has one object, which exports only the public functions. It maps no characters: a static program
# that loads libidn2 also loads a second libc, and crashes if that has another version.
if WITH_STATIC
noinst_LTLIBRARIES += libv6lit/libnoidn.la
libv6lit_libnoidn_la_SOURCES = libv6lit/idn.c
libv6lit_libnoidn_la_CPPFLAGS = $(AM_CPPFLAGS) -UWITH_LIBIDN2 -DWITH_LIBIDN2=0
staticdir = $(libdir)
static_DATA = libv6lit.a
CLEANFILES += libv6lit.a libv6lit/static.o
static_parts = libv6lit/.libs/libascii.a libv6lit/.libs/libnoidn.a
libv6lit.a: libv6lit/libascii.la libv6lit/libnoidn.la
	$(AM_V_GEN)rm -f $@ && \
	$(CC) $(filter-out -fsanitize% --coverage,$(CFLAGS)) $(if $(filter -flto%,$(CFLAGS)),-flinker-output=nolto-rel) \
	    -nostdlib -r -o libv6lit/static.o -Wl,--whole-archive $(static_parts) -Wl,--no-whole-archive && \
	$(OBJCOPY) --localize-hidden libv6lit/static.o && \
	$(AR) cr $@ libv6lit/static.o && \
	$(RANLIB) $@
endif

# Records the ABI for test/libv6lit/abi.sh, without details that differ between builds. For x86-64.
record-abi: libv6lit.la
	abidw --exported-interfaces-only --no-corpus-path --no-comp-dir-path --no-show-locs --no-elf-needed \
	    --no-parameter-names --drop-undefined-syms --type-id-style hash \
	    --out-file $(srcdir)/libv6lit/libv6lit.abi .libs/libv6lit.so.0
	sed -i "s|path='[^']*/libv6lit/|path='libv6lit/|" $(srcdir)/libv6lit/libv6lit.abi
