# One file under the name that glibc looks for. It is never unloaded: who calls dlclose on it may have
# threads inside. All its symbols are bound at once: no later surprise in somebody else's process.
nss_LTLIBRARIES += libnss_ipv6literal.la
libnss_ipv6literal_la_SOURCES = nss_ipv6literal/nss_ipv6literal.c nss_ipv6literal/nss_ipv6literal.h
libnss_ipv6literal_la_LIBADD = nss_common/libanswer.la libv6lit/libobjects.la
libnss_ipv6literal_la_LDFLAGS = -module -avoid-version -shared -shrext .so.2 -no-undefined \
    -Wl,--gc-sections -Wl,-z,nodelete -Wl,-z,relro -Wl,-z,now \
    -Wl,--version-script=$(top_srcdir)/nss_ipv6literal/nss_ipv6literal.map
EXTRA_libnss_ipv6literal_la_DEPENDENCIES = nss_ipv6literal/nss_ipv6literal.map
EXTRA_DIST += nss_ipv6literal/nss_ipv6literal.map
descriptions += $(nssdir)/libnss_ipv6literal.la
uninstalled += $(nssdir)/libnss_ipv6literal.so.2
