# Neither `make` nor `make check` builds or runs any of this:
#
#   make bench        one table, and bench.json
#   make bench-plot   bench.svg, drawn from bench.json
bench_programs = bench/first bench/load bench/lookup bench/names bench/plain bench/usage
EXTRA_PROGRAMS = $(bench_programs)
bench_modules = bench/libnss_floor.la bench/libload_ipv6literal.la bench/libload_llmnr.la
EXTRA_LTLIBRARIES = $(bench_modules)
EXTRA_DIST += bench/fetch bench/hook bench/plot bench/replies.py bench/responder bench/run bench/stub.py

# Without libtool's wrapper scripts, which would distort the measurements.
bench_first_SOURCES = bench/first.c bench/measure.c bench/measure.h
bench_load_SOURCES = bench/load.c bench/measure.c bench/measure.h
bench_load_LDADD = $(DL_LIBS)
bench_lookup_SOURCES = bench/lookup.c bench/measure.c bench/measure.h
bench_lookup_LDADD = $(DL_LIBS)
bench_names_SOURCES = bench/names.c bench/corpus.c bench/corpus.h bench/measure.c bench/measure.h
bench_names_LDADD = libv6lit.la
bench_names_LDFLAGS = -no-install
bench_plain_SOURCES = bench/plain.c
bench_usage_SOURCES = bench/usage.c
bench_libnss_floor_la_SOURCES = bench/floor.c
bench_libnss_floor_la_LIBADD = nss_common/libanswer.la
bench_libnss_floor_la_LDFLAGS = -module -avoid-version -shared -shrext .so.2 -rpath $(nssdir) \
    -Wl,-z,now

# The modules, without -z nodelete.
bench_libload_ipv6literal_la_SOURCES = nss_ipv6literal/nss_ipv6literal.c
bench_libload_ipv6literal_la_LIBADD = $(libnss_ipv6literal_la_LIBADD)
bench_libload_ipv6literal_la_LDFLAGS = $(filter-out %nodelete,$(libnss_ipv6literal_la_LDFLAGS)) -rpath $(nssdir)
bench_libload_llmnr_la_SOURCES = nss_llmnr/nss_llmnr.c
bench_libload_llmnr_la_LIBADD = $(libnss_llmnr_la_LIBADD)
bench_libload_llmnr_la_LDFLAGS = $(filter-out %nodelete,$(libnss_llmnr_la_LDFLAGS)) -rpath $(nssdir)
bench/empty.so: bench/$(am__dirstamp)
	$(AM_V_GEN)$(CC) -shared -o $@ -x c /dev/null

bench: $(bench_programs) $(bench_modules) bench/empty.so v6lit libnss_ipv6literal.la $(sbin_PROGRAMS)
	$(srcdir)/bench/fetch $(abs_top_srcdir)
	$(srcdir)/bench/run $(abs_top_srcdir)
bench-plot:
	$(srcdir)/bench/plot bench.json bench.svg
.PHONY: bench bench-plot
CLEANFILES += $(bench_programs) $(bench_modules) bench/empty.so bench.json bench.svg
