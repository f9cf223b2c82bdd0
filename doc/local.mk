# Documentation is installed in the same directories as in the source tree, so that its links work.
nobase_dist_doc_DATA += README.md NEWS.md SECURITY.md doc/bench.svg doc/firefox.png doc/lookup.svg doc/without-nss.md

# In installed files, links to the sources are removed, and pages name the directories of this build.
sources = CONTRIBUTING|LICENSES|base|libv6lit|llmnr|llmnrd|man|nss_|packaging|resolved_hook|test|tools
name-places:
	cd '$(DESTDIR)$(docdir)' && sed -E -i 's!\[([^]]*)\]\((\.\./)*($(sources))[^)]*\)!\1!g' README.md SECURITY.md
	cd '$(DESTDIR)$(mandir)' && for page in $(dist_man_MANS); do \
	    name=$${page##*/}; sed -i 's|/usr/share/doc/v6lit/|$(docdir)/|g; s|/etc/v6lit/|$(sysconfdir)/v6lit/|g' "man$${name##*.}/$$name" || exit; \
	done

EXTRA_DIST += doc/lookup.dot
# The drawing of README.md, from doc/lookup.dot. It needs Graphviz.
drawing:
	dot -Tsvg $(srcdir)/doc/lookup.dot > lookup.svg
CLEANFILES += lookup.svg
