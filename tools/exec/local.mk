# What `v6lit exec` puts into LD_PRELOAD. Like the module it brings the library's objects with it, loads
# nothing but libc, is bound at once and never unloaded.
pkglib_LTLIBRARIES = libv6lit-preload.la
libv6lit_preload_la_SOURCES = tools/exec/preload.c
libv6lit_preload_la_LIBADD = libv6lit/libobjects.la $(DL_LIBS)
libv6lit_preload_la_LDFLAGS = -module -avoid-version -shared -no-undefined \
    -Wl,--gc-sections -Wl,-z,nodelete -Wl,-z,relro -Wl,-z,now \
    -Wl,--version-script=$(top_srcdir)/tools/exec/preload.map
EXTRA_libv6lit_preload_la_DEPENDENCIES = tools/exec/preload.map
EXTRA_DIST += tools/exec/preload.map
descriptions += $(pkglibdir)/libv6lit-preload.la
uninstalled += $(pkglibdir)/libv6lit-preload.so
