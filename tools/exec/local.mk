# The library that `v6lit exec` adds to LD_PRELOAD. Like the modules, it contains the library's objects, depends only on
# libc, is bound immediately and is never unloaded.
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
