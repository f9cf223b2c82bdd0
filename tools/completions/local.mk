bashcompletiondir = $(datadir)/bash-completion/completions
zshcompletiondir = $(datadir)/zsh/site-functions
dist_zshcompletion_DATA = tools/completions/_v6lit
EXTRA_DIST += tools/completions/v6lit.bash

# bash-completion finds a file by the command's name, without a suffix.
install-data-local:
	$(MKDIR_P) '$(DESTDIR)$(bashcompletiondir)'
	$(INSTALL_DATA) '$(top_srcdir)/tools/completions/v6lit.bash' '$(DESTDIR)$(bashcompletiondir)/v6lit'
uninstalled += $(bashcompletiondir)/v6lit
