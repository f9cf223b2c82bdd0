# What `v6lit exec` puts into LD_PRELOAD. Like the module it brings the library's objects with it, loads
# nothing but libc, is bound at once and never unloaded.
pkglib_LTLIBRARIES = libv6lit-preload.la
libv6lit_preload_la_SOURCES = preload/preload.c
libv6lit_preload_la_LIBADD = libv6lit/libobjects.la $(DL_LIBS)
libv6lit_preload_la_LDFLAGS = -module -avoid-version -shared -no-undefined \
    -Wl,--gc-sections -Wl,-z,nodelete -Wl,-z,relro -Wl,-z,now \
    -Wl,--version-script=$(top_srcdir)/preload/preload.map
EXTRA_libv6lit_preload_la_DEPENDENCIES = preload/preload.map
EXTRA_DIST += preload/preload.map
descriptions += $(pkglibdir)/libv6lit-preload.la
uninstalled += $(pkglibdir)/libv6lit-preload.so
